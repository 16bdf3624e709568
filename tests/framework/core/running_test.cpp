#include <xgrad/framework/core/running.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace xgrad;

namespace {

constexpr std::int64_t ten_million = 10'000'000;

/// How far apart two numbers are, in the last place of the second.
template <class T>
double ulps(T received, long double expected) {
  const T rounded = static_cast<T>(expected);
  const T last_place = std::nextafter(rounded, std::numeric_limits<T>::infinity()) - rounded;
  return static_cast<double>(std::abs(static_cast<long double>(received) - expected) / last_place);
}

template <class T>
void check_sum() {
  Running<T> sum(0);
  for (std::int64_t i = 0; i < ten_million; ++i) sum.add(T(0.1));
  BOOST_TEST(ulps(sum.value(), static_cast<long double>(T(0.1)) * ten_million) < 1.01);
}

template <class T>
void check_product() {
  const T factor = 1 + std::numeric_limits<T>::epsilon();
  Running<T> product(1);
  for (std::int64_t i = 0; i < ten_million; ++i) product.multiply(factor);
  const auto exponent = ten_million * std::log1p(static_cast<long double>(std::numeric_limits<T>::epsilon()));
  BOOST_TEST(ulps(product.value(), std::exp(exponent)) < 1.01);
}

/// Two places of three, which get terms one by one and in rows.
template <class T>
void check_places() {
  std::array<T, 3> sums{1, 2, 3};
  std::array<double, 3> kept;
  const PlacedSums<T> places(sums.data(), kept.data());
  places.start(0, 2);
  const std::array<T, 2> row{T(0.1), T(0.2)};
  for (std::int64_t i = 0; i < ten_million / 2; ++i) {
    places.add(0, T(0.1));
    if (i % 2 == 0) places.add(0, row.data(), 2);
  }
  places.finish(0, 2);
  BOOST_TEST(ulps(sums[0], 1 + static_cast<long double>(T(0.1)) * (ten_million / 4 * 3)) < 1.01);
  BOOST_TEST(ulps(sums[1], 2 + static_cast<long double>(T(0.2)) * (ten_million / 4)) < 1.01);
  BOOST_TEST(sums[2] == 3);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(running)

BOOST_AUTO_TEST_CASE(sums_of_ten_million_terms_are_right_to_the_last_digit) {
  check_sum<float>();
  check_sum<double>();
}

BOOST_AUTO_TEST_CASE(products_of_ten_million_factors_are_right_to_the_last_digit) {
  check_product<float>();
  check_product<double>();
}

BOOST_AUTO_TEST_CASE(sums_at_places_are_right_to_the_last_digit) {
  check_places<float>();
  check_places<double>();
}

BOOST_AUTO_TEST_CASE(integers_are_what_they_are) {
  Running<std::int64_t> sum(std::int64_t{1} << 60);
  sum.add(1);
  BOOST_TEST(sum.value() == (std::int64_t{1} << 60) + 1);
  sum.multiply(2);
  BOOST_TEST(sum.value() == (std::int64_t{1} << 61) + 2);
}

BOOST_AUTO_TEST_CASE(infinities_stay) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Running<double> sum(1);
  sum.add(infinity);
  sum.add(1);
  BOOST_TEST(sum.value() == infinity);
  sum.add(-infinity);
  BOOST_TEST(std::isnan(sum.value()));
  Running<double> product(2);
  product.multiply(std::numeric_limits<double>::max());
  product.multiply(0.5);
  BOOST_TEST(product.value() == infinity);
}

BOOST_AUTO_TEST_SUITE_END()
