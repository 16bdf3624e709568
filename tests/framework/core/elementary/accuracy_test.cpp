// How far elementary functions are from the exact values, over the whole of both formats.

#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/hypot.hpp>
#include <xgrad/framework/core/elementary/inverse_trigonometric.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementary/logistic.hpp>
#include <xgrad/framework/core/elementary/trigonometric.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "functions.hpp"
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace xgrad;
using namespace xgrad::test;

namespace {

// Without fused multiply-add the arguments of some functions are reduced less precisely.
constexpr double allowed = elementary::has_fused_multiply_add ? 4 : 200;

/// The distance of two numbers in units of the last place of the exact one, where `floor` is the smallest size that
/// counts. Results that are denormal are as wrong as their steps are wide.
template <class T>
double ulps(T received, long double exact, double floor) {
  const T rounded = static_cast<T>(exact);
  if (std::isnan(rounded) || std::isnan(received)) {
    return std::isnan(rounded) == std::isnan(received) ? 0 : std::numeric_limits<double>::infinity();
  }
  if (std::isinf(rounded) || std::isinf(received)) {
    const T largest = std::copysign(std::numeric_limits<T>::max(), rounded);
    const bool is_next_to_the_end = (std::isinf(rounded) ? received : rounded) == largest && received * largest > 0;
    return rounded == received || is_next_to_the_end ? 0 : std::numeric_limits<double>::infinity();
  }
  const T size = std::max({std::abs(rounded), std::numeric_limits<T>::min(), static_cast<T>(floor)});
  const T step = std::nextafter(size, std::numeric_limits<T>::infinity()) - size;
  return static_cast<double>(std::abs(static_cast<long double>(received) - exact) / static_cast<long double>(step));
}

/// Arguments from the whole format, evenly spread over its bit patterns, and from the interval of the function.
template <class T>
std::vector<T> arguments(const ElementaryFunction& function) {
  using Word = typename elementary::lanes::Format<T>::Word;
  constexpr Word count = 20'000;
  std::vector<T> result;
  const Word step = std::numeric_limits<Word>::max() / count;
  for (Word i = 0; i < count; ++i) result.push_back(std::bit_cast<T>(i * step + i * 7919 % step));
  for (Word i = 0; i <= count; ++i) {
    result.push_back(static_cast<T>(function.low + (function.high - function.low) * static_cast<double>(i) / count));
  }
  return result;
}

template <class T>
void check_accuracy(const ElementaryFunction& function) {
  const auto x = arguments<T>(function);
  std::vector<T> y(x.size());
  const auto* input = reinterpret_cast<const std::byte*>(x.data());
  auto* output = reinterpret_cast<std::byte*>(y.data());
  const DType dtype = dtype_of<T>;
  function.formula->kernel({&dtype, 1})(&input, &output, x.size());
  double worst = 0;
  std::size_t where = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double error = ulps(y[i], function.exact(x[i]), function.crosses_zero ? 0.5 : 0);
    if (error > worst) {
      worst = error;
      where = i;
    }
  }
  BOOST_TEST(worst <= allowed,
             fmt::format("{} in {} is worst at {:.17g}: {:.17g} instead of {:.17g}, {:.2f} ulp away", function.name,
                         to_string(dtype), x[where], y[where], static_cast<double>(function.exact(x[where])), worst));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(elementary_accuracy)

BOOST_AUTO_TEST_CASE(is_within_4_units_of_the_last_place) {
  for (const auto& function : elementary_functions()) {
    check_accuracy<float>(function);
    check_accuracy<double>(function);
  }
}

BOOST_AUTO_TEST_CASE(reaches_the_ends_of_the_format) {
  BOOST_TEST(ulps(elementary::exp(88.5f), std::exp(88.5L), 0) <= 1);
  BOOST_TEST(ulps(elementary::exp(709.45), std::exp(static_cast<long double>(709.45)), 0) <= 2);
  BOOST_TEST(elementary::exp2(127.0f) == 0x1p127f);
  BOOST_TEST(elementary::exp2(1023.0) == 0x1p1023);
  BOOST_TEST(ulps(elementary::expm1(709.45), std::expm1(static_cast<long double>(709.45)), 0) <= 2);
  BOOST_TEST(elementary::exp(-87.0f) > std::numeric_limits<float>::min());
  BOOST_TEST(elementary::exp(-100.0f) > 0);  // a denormal number
  BOOST_TEST(
      elementary::log(std::numeric_limits<double>::denorm_min()) == std::log(std::numeric_limits<double>::denorm_min()),
      boost::test_tools::tolerance(1e-15));
  BOOST_TEST(ulps(elementary::silu(-90.0f), -90 * std::exp(-90.0L), 0) <= 4);
}

// The multiples of pi / 2 that are nearest to a number of the format are where reductions lose their digits.
BOOST_AUTO_TEST_CASE(of_sine_and_cosine_holds_next_to_multiples_of_pi) {
  for (double x : {6381956970095103.0 * 0x1p797, 0x1.921fb54442d18p+1, 0x1.921fb54442d18p+30, 1e9, 1e15, 1e22, 1e300}) {
    for (double sign : {1.0, -1.0}) {
      const double argument = sign * x;
      BOOST_TEST(ulps(elementary::sin(argument), std::sin(static_cast<long double>(argument)), 0) <= allowed);
      BOOST_TEST(ulps(elementary::cos(argument), std::cos(static_cast<long double>(argument)), 0) <= allowed);
      BOOST_TEST(ulps(elementary::tan(argument), std::tan(static_cast<long double>(argument)), 0) <= allowed);
    }
  }
}

BOOST_AUTO_TEST_CASE(of_two_arguments) {
  std::vector<double> sizes{
      0.0, 1e-300, 3e-39, 0.3, 0.99, 1, 2.5, 1e10, 3e38, 1e300, std::numeric_limits<double>::infinity()};
  const auto check = [&](double x, double y) {
    for (double left : {x, -x}) {
      for (double right : {y, -y}) {
        const auto exact_angle = std::atan2(static_cast<long double>(left), static_cast<long double>(right));
        const auto exact_length = std::hypot(static_cast<long double>(left), static_cast<long double>(right));
        BOOST_TEST(ulps(elementary::atan2(left, right), exact_angle, 0) <= allowed, left << " and " << right);
        BOOST_TEST(std::signbit(elementary::atan2(left, right)) == std::signbit(left));
        BOOST_TEST(ulps(elementary::hypot(left, right), exact_length, 0) <= allowed, left << " and " << right);
        const auto narrow_left = static_cast<float>(left);
        const auto narrow_right = static_cast<float>(right);
        const auto narrow_angle =
            std::atan2(static_cast<long double>(narrow_left), static_cast<long double>(narrow_right));
        const auto narrow_length =
            std::hypot(static_cast<long double>(narrow_left), static_cast<long double>(narrow_right));
        BOOST_TEST(ulps(elementary::atan2(narrow_left, narrow_right), narrow_angle, 0) <= allowed,
                   left << " and " << right);
        BOOST_TEST(ulps(elementary::hypot(narrow_left, narrow_right), narrow_length, 0) <= allowed,
                   left << " and " << right);
      }
    }
  };
  for (double x : sizes) {
    for (double y : sizes) check(x, y);
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(std::isnan(elementary::atan2(none, 1.0)));
  BOOST_TEST(std::isnan(elementary::atan2(1.0, none)));
  BOOST_TEST(std::isnan(elementary::hypot(none, 1.0)));
  BOOST_TEST(std::isnan(elementary::hypot(1.0, none)));
}

BOOST_AUTO_TEST_SUITE_END()
