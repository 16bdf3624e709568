#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/lgamma/real_lgamma.hpp>
#include <xgrad/ops/power/real_power.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace xgrad;

namespace {

/// The largest error over [low, high], relative to the magnitude of what is expected, or to 1 where that is less and
/// `at_least_one` is set.
double largest_error(double low, double high, bool at_least_one = false) {
  const Array values = sample_values({10000}, low, high);
  long double largest = 0;
  for (double x : values.data<double>()) {
    const long double expected = std::lgamma(static_cast<long double>(x));
    const long double size = std::max(std::abs(expected), at_least_one ? 1.0L : 0.0L);
    largest = std::max(largest, std::abs(real_lgamma(x) - expected) / size);
  }
  return static_cast<double>(largest);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(logarithms_of_gamma)

BOOST_AUTO_TEST_CASE(keep_their_digits_also_near_their_zeros) {
  for (const auto& [low, high] :
       {std::pair{1e-3, 0.5}, std::pair{0.5, 1.5}, std::pair{0.9999, 1.0001}, std::pair{1.5, 2.5},
        std::pair{1.9999, 2.0001}, std::pair{2.5, 12.0}, std::pair{1e2, 1e3}, std::pair{1e299, 1e300}}) {
    BOOST_TEST(largest_error(low, high) < 1e-15, "from " << low << " to " << high);
  }
  BOOST_TEST(largest_error(-30, 0, true) < 4e-15);
}

BOOST_AUTO_TEST_CASE(of_numbers_are_within_a_unit_in_the_last_place_of_the_logarithm) {
  const Array exponents = sample_values({10000}, -700, 700);
  for (double exponent : exponents.data<double>()) {
    const double x = std::exp(exponent);
    const double expected = std::log(x);
    if (std::abs(real_logarithm(x) - expected) > std::abs(expected) * 2.3e-16) BOOST_ERROR("log of " << x);
  }
  BOOST_TEST(real_logarithm(0) == -INFINITY);
  BOOST_TEST(real_logarithm(INFINITY) == INFINITY);
  BOOST_TEST(std::isnan(real_logarithm(NAN)));
}

BOOST_AUTO_TEST_SUITE_END()
