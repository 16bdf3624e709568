#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/power/real_power.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

using namespace xgrad;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The error in units in the last place of the number expected; 0 where that is no normal number.
template <class T>
double error(T base, T exponent) {
  const long double expected = std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
  const auto nearest = static_cast<T>(std::abs(expected));
  if (!std::isnormal(nearest)) return 0;
  const long double unit = std::nextafter(nearest, std::numeric_limits<T>::infinity()) - nearest;
  return static_cast<double>(std::abs(real_power(base, exponent) - expected) / unit);
}

/// The largest error over bases of every magnitude and exponents with which results have every magnitude as well.
template <class T>
double largest_error(int magnitudes) {
  constexpr std::size_t count = 20000;
  const Array bases = sample_values({count}, -magnitudes, magnitudes);
  const Array exponents = sample_values({count}, -magnitudes, magnitudes, 3);
  double largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto base = static_cast<T>(std::exp2(bases.data<double>()[i]));
    const auto exponent = static_cast<T>(exponents.data<double>()[i] / std::log2(static_cast<double>(base)));
    largest = std::max(
        {largest, error(base, exponent), error(T(1) + base / 64, exponent), error(base, std::trunc(exponent))});
  }
  return largest;
}

bool same(double left, double right) {
  if (std::isnan(left) || std::isnan(right)) return std::isnan(left) && std::isnan(right);
  return left == right && std::signbit(left) == std::signbit(right);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(powers)

BOOST_AUTO_TEST_CASE(are_off_by_less_than_one_unit_in_the_last_place) {
  BOOST_TEST(largest_error<double>(1000) < 1);
  BOOST_TEST(largest_error<float>(120) < 0.501);
}

BOOST_AUTO_TEST_CASE(of_special_numbers_are_those_of_the_standard) {
  const double numbers[] = {0.0,       -0.0,         1,     -1,     2,    -2,
                            3,         -3,           0.5,   -0.5,   1.5,  infinity,
                            -infinity, not_a_number, 1e300, -1e300, 5e15, 9007199254740993.0};
  for (double base : numbers) {
    for (double exponent : numbers) {
      const double expected = std::pow(base, exponent);
      const double received = real_power(base, exponent);
      const bool is_rounded = std::isnormal(expected) && std::abs(received / expected - 1) < 3e-16;
      BOOST_TEST((is_rounded || same(received, expected)), base << "^" << exponent << ": " << received);
    }
  }
  BOOST_TEST(same(real_power(2.0, -1074.0), 0));
  BOOST_TEST(same(real_power(-2.0, -1073.0), -0.0));
  BOOST_TEST(real_power(2.0, 1023.0) == 0x1p1023);
  BOOST_TEST(real_power(2.0, -1022.0) == 0x1p-1022);
  BOOST_TEST(real_power(3.0f, 200.0f) == std::numeric_limits<float>::infinity());
}

BOOST_AUTO_TEST_SUITE_END()
