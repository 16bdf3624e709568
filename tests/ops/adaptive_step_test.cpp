#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/adaptive_step.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace xgrad;

namespace {

std::vector<float> steps(const std::vector<float>& mean_squares, float epsilon) {
  const std::vector<std::size_t> shape{mean_squares.size()};
  const Array mean_square = xt::adapt(mean_squares, shape);
  const auto x = constant(Array::zeros(DType::float32, mean_square.shape()));
  const auto result = eval(adaptive_step(x, scalar(3), constant(mean_square), scalar(-1), scalar(epsilon)));
  return {result.data<float>().begin(), result.data<float>().end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(adaptive_steps)

BOOST_AUTO_TEST_CASE(are_precise_over_the_whole_range) {
  std::vector<float> mean_squares;
  for (double exponent = -37; exponent < 38; exponent += 0.0371)
    mean_squares.push_back(static_cast<float>(std::pow(10, exponent)));
  for (std::size_t count : {std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{17}, mean_squares.size()}) {
    const std::vector part(mean_squares.end() - static_cast<std::ptrdiff_t>(count), mean_squares.end());
    for (const float epsilon : {1e-7f, 0.0f}) {
      const auto received = steps(part, epsilon);
      for (std::size_t index = 0; index < count; ++index) {
        const double expected = 3 / (std::sqrt(static_cast<double>(part[index])) + static_cast<double>(epsilon));
        BOOST_TEST(received[index] == expected, boost::test_tools::tolerance(5e-7));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(have_the_limits_of_the_formula) {
  const auto infinity = std::numeric_limits<float>::infinity();
  const auto received = steps({0, infinity, std::numeric_limits<float>::quiet_NaN()}, 1e-7f);
  BOOST_TEST(received[0] == 3e7f, boost::test_tools::tolerance(1e-6f));
  BOOST_TEST(std::abs(received[1]) < 1e-18f);
  BOOST_TEST(std::isnan(received[2]));
}

BOOST_AUTO_TEST_SUITE_END()
