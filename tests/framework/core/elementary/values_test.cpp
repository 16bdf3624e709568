// Values of elementary functions that are known exactly, and bits that depend on nothing but the argument.

#include <boost/test/unit_test.hpp>

#include "functions.hpp"
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

using namespace xgrad;
using namespace xgrad::test;

namespace {

template <class T>
auto word(T number) {
  using Word = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  return std::isnan(number) ? Word(0) : std::bit_cast<Word>(number);
}

template <class T>
T of_number(const ElementaryFunction& function, T x) {
  if constexpr (sizeof(T) == 4) {
    return function.float_number(x);
  } else {
    return function.double_number(x);
  }
}

template <class T>
void check_values(const ElementaryFunction& function) {
  for (const auto& [argument, value] : function.values) {
    const T received = of_number(function, static_cast<T>(argument));
    const T expected = static_cast<T>(value);
    BOOST_TEST_CONTEXT(function.name << " of " << argument) {
      if (expected == 0 || !std::isfinite(expected)) {
        BOOST_TEST(word(received) == word(expected), received << " instead of " << expected);
      } else {
        BOOST_TEST(received == expected);
      }
    }
  }
  BOOST_TEST(std::isnan(of_number(function, std::numeric_limits<T>::quiet_NaN())), function.name << " hides NaN");
}

/// Numbers of every kind, so that neighbours in a vector are treated differently.
template <class T>
std::vector<T> mixture() {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  std::vector<T> result{0, infinity, T(0.1), -infinity, std::numeric_limits<T>::quiet_NaN(), T(1e30), T(-0.7)};
  for (int i = 0; i < 60; ++i) {
    result.push_back(static_cast<T>(std::ldexp(i % 2 == 0 ? 0.87 : -0.61, i - 20)) + T(0.01) * static_cast<T>(i));
    result.push_back(static_cast<T>((i - 30) * 0.37));
  }
  return result;
}

template <class T>
void check_places(const ElementaryFunction& function) {
  const auto x = mixture<T>();
  std::vector<T> expected;
  for (T number : x) expected.push_back(of_number(function, number));
  const DType dtype = dtype_of<T>;
  const auto kernel = function.formula->kernel({&dtype, 1});
  bool all_equal = true;
  for (std::size_t offset = 0; offset + 40 <= x.size(); ++offset) {
    for (std::size_t count = 1; count <= 40; ++count) {
      std::vector<T> y(count);
      const auto* input = reinterpret_cast<const std::byte*>(x.data() + offset);
      auto* output = reinterpret_cast<std::byte*>(y.data());
      kernel(&input, &output, count);
      for (std::size_t i = 0; i < count; ++i) all_equal &= word(y[i]) == word(expected[offset + i]);
    }
  }
  BOOST_TEST(all_equal, function.name << " in " << to_string(dtype) << " depends on the place");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(elementary_values)

BOOST_AUTO_TEST_CASE(are_exact_where_they_are_known) {
  for (const auto& function : elementary_functions()) {
    check_values<float>(function);
    check_values<double>(function);
  }
}

BOOST_AUTO_TEST_CASE(have_the_same_bits_wherever_they_stand_and_alone) {
  for (const auto& function : elementary_functions()) {
    check_places<float>(function);
    check_places<double>(function);
  }
}

BOOST_AUTO_TEST_SUITE_END()
