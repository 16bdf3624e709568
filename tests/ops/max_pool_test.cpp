// What max pooling does where maxima are shared or not numbers.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/xtensor.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/max_pool.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>

using namespace xgrad;

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();

/// Of max_pool1d over windows of `size` with strides of 1: the values and the gradient of their sum.
std::pair<std::vector<double>, std::vector<double>> pooled(const std::vector<double>& values, std::int64_t size) {
  Array x(DType::float64, {1, static_cast<std::int64_t>(values.size()), 1});
  std::copy(values.begin(), values.end(), x.data<double>().begin());
  const auto input = constant(x);
  const auto result = max_pool1d(input, size, {.strides = 1});
  const Array maxima = eval(result);
  const Array slopes = eval(gradients(sum(result), {input})[0]);
  const auto list = [](const Array& array) {
    return std::vector<double>(array.data<double>().begin(), array.data<double>().end());
  };
  return {list(maxima), list(slopes)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(max_pool)

BOOST_AUTO_TEST_CASE(gives_the_cotangent_to_the_first_of_equal_elements) {
  const auto [values, slopes] = pooled({1, 3, 3, 0, 3}, 3);
  BOOST_TEST(values == (std::vector<double>{3, 3, 3}), boost::test_tools::per_element());
  BOOST_TEST(slopes == (std::vector<double>{0, 2, 1, 0, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(finds_infinities) {
  const auto [values, slopes] = pooled({-infinity, -infinity, 0, infinity}, 2);
  BOOST_TEST(values == (std::vector<double>{-infinity, 0, infinity}), boost::test_tools::per_element());
  BOOST_TEST(slopes == (std::vector<double>{1, 0, 1, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(passes_on_what_is_not_a_number) {
  const auto [values, slopes] = pooled({1, not_a_number, 2, not_a_number, 0, 3}, 3);
  BOOST_TEST(std::isnan(values[0]));
  BOOST_TEST(std::isnan(values[1]));
  BOOST_TEST(std::isnan(values[2]));
  BOOST_TEST(std::isnan(values[3]));
  BOOST_TEST(slopes == (std::vector<double>{0, 2, 0, 2, 0, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pools_integers) {
  const Array x = xt::xtensor<int, 3>{{{1}, {-4}, {-2}, {-3}}};
  const xt::xarray<int> maxima = eval(max_pool1d(constant(x), 2));
  BOOST_TEST(maxima(0, 0, 0) == 1);
  BOOST_TEST(maxima(0, 1, 0) == -2);
}

BOOST_AUTO_TEST_SUITE_END()
