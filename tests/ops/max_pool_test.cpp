// What max pooling does where maxima are shared or not numbers.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/xtensor.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/max_pool.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>

using namespace xgrad;

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();

/// Of max_pool1d over windows of `size`: the values and the gradient of their sum.
std::pair<std::vector<double>, std::vector<double>> pooled(const std::vector<double>& values, std::int64_t size,
                                                           const MaxPoolOptions& options = {.strides = 1}) {
  Array x(DType::float64, {1, static_cast<std::int64_t>(values.size()), 1});
  std::copy(values.begin(), values.end(), x.data<double>().begin());
  const auto input = constant(x);
  const auto result = max_pool1d(input, size, options);
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

BOOST_AUTO_TEST_CASE(leaves_elements_between_windows_without_a_slope) {
  const auto [values, slopes] = pooled({1, 2, 9, 4, 3, 9, 0, 0}, 2, {.strides = 3});
  BOOST_TEST(values == (std::vector<double>{2, 4, 0}), boost::test_tools::per_element());
  BOOST_TEST(slopes == (std::vector<double>{0, 1, 0, 1, 0, 0, 1, 0}), boost::test_tools::per_element());
  // Windows of two elements with one between them, beside each other.
  const auto [dilated, slopes_of_dilated] = pooled({5, 9, 4, 1, 9, 2}, 2, {.strides = 3, .dilation = 2});
  BOOST_TEST(dilated == (std::vector<double>{5, 2}), boost::test_tools::per_element());
  BOOST_TEST(slopes_of_dilated == (std::vector<double>{1, 0, 0, 0, 0, 1}), boost::test_tools::per_element());
  const auto [padded, slopes_of_padded] = pooled({-3, -1, -2}, 2, {.strides = 2, .padding = 1});
  BOOST_TEST(padded == (std::vector<double>{-3, -1}), boost::test_tools::per_element());
  BOOST_TEST(slopes_of_padded == (std::vector<double>{1, 1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rectifies_after_the_maximum) {
  const Array x = xt::xarray<double>{{{3.0, -1.0}, {-2.0, -4.0}, {-5.0, infinity}, {-6.0, not_a_number}}};
  const auto input = constant(x);
  const auto result = max_pool1d(relu(input), 2);
  BOOST_TEST_REQUIRE(relu_of(result).has_value());
  const xt::xarray<double> values = eval(result);
  BOOST_TEST(values(0, 0, 0) == 3);
  BOOST_TEST(values(0, 0, 1) == 0);
  BOOST_TEST(values(0, 1, 0) == 0);
  BOOST_TEST(std::isnan(values(0, 1, 1)));
  const xt::xarray<double> slopes = eval(gradients(sum(result * 2), {input})[0]);
  BOOST_TEST(slopes(0, 0, 0) == 2);
  BOOST_TEST(std::isnan(slopes(0, 3, 1)));
  BOOST_TEST(xt::nansum(xt::abs(slopes))() == 2);
}

BOOST_AUTO_TEST_CASE(pools_integers) {
  const Array x = xt::xtensor<int, 3>{{{1}, {-4}, {-2}, {-3}}};
  const xt::xarray<int> maxima = eval(max_pool1d(constant(x), 2));
  BOOST_TEST(maxima(0, 0, 0) == 1);
  BOOST_TEST(maxima(0, 1, 0) == -2);
}

BOOST_AUTO_TEST_SUITE_END()
