#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/adaptive_step.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/lerp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace xgrad;

namespace {

/// From 0 against a direction of 3 at a rate of -1: what is added to the running mean of squares has no weight.
std::vector<float> steps(const std::vector<float>& mean_squares, float epsilon) {
  const std::vector<std::size_t> shape{mean_squares.size()};
  const Array mean_square = xt::adapt(mean_squares, shape);
  const auto x = constant(Array::zeros(DType::float32, mean_square.shape()));
  const auto next = rmsprop_step(x, scalar(3), constant(mean_square), scalar(-1), 0, static_cast<double>(epsilon));
  const auto result = eval(next.x);
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
  const auto received = steps({0, std::numeric_limits<float>::quiet_NaN()}, 1e-7f);
  BOOST_TEST(received[0] == 3e7f, boost::test_tools::tolerance(1e-6f));
  BOOST_TEST(std::isnan(received[1]));
  // A gradient whose square overflows moves nothing.
  const auto next = adam_step(scalar(1), scalar(1e30), scalar(3), scalar(0), scalar(0.1), 0, 0.5, 1e-7);
  BOOST_TEST(eval(next.mean_square).data<float>()[0] == std::numeric_limits<float>::infinity());
  BOOST_TEST(eval(next.x).data<float>()[0] == 1);
}

// What the operators stand for, written with others: to the last bit, for whole vectors and what is left beside them.
BOOST_AUTO_TEST_CASE(have_the_bits_of_the_chains_that_they_stand_for) {
  const auto same = [](const Tensor& expected, const Tensor& received) {
    const auto values = compile({}, {expected, received})();
    BOOST_TEST(std::ranges::equal(values[0].bytes(), values[1].bytes()));
  };
  const auto step = [](const Tensor& x, const Tensor& rate, const Tensor& direction, const Tensor& mean_square) {
    return x - rate * direction / (sqrt(mean_square) + 1e-7);
  };
  for (const DType dtype : {DType::float32, DType::float64}) {
    for (std::int64_t count : {1, 15, 16, 17, 1000, 1024, 3001}) {
      const auto tensor = [&](double low, double high, int variant) {
        return parameter(sample_values({count}, low, high, variant).cast(dtype));
      };
      const auto x = tensor(-2, 2, 0);
      const auto gradient = tensor(-2, 2, 1);
      const auto mean = tensor(-1, 1, 2);
      const auto mean_square = tensor(0, 2, 3);
      const auto rate = parameter(Array(0.001).cast(dtype));
      const auto new_mean = lerp(mean, gradient, 0.1);
      const auto new_mean_square = lerp(mean_square, square(gradient), 0.001);
      const auto rmsprop = rmsprop_step(x, gradient, mean_square, rate, 0.001, 1e-7);
      same(new_mean_square, rmsprop.mean_square);
      same(step(x, rate, gradient, new_mean_square), rmsprop.x);
      const auto adam = adam_step(x, gradient, mean, mean_square, rate, 0.1, 0.001, 1e-7);
      same(new_mean, adam.mean);
      same(new_mean_square, adam.mean_square);
      same(step(x, rate, new_mean, new_mean_square), adam.x);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
