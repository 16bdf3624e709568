// The arithmetic of whole vectors that formulas are made of rounds as that of single numbers.

#include <xgrad/framework/core/elementary/lanes.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <random>

namespace {

template <class T, class OfVectors, class OfNumbers>
void check(const char* name, OfVectors of_vectors, OfNumbers of_numbers) {
  using Vector = xsimd::batch<T>;
  std::mt19937 engine(1);
  std::uniform_real_distribution<T> distribution(T(0.01), T(10));
  bool all_equal = true;
  for (int round = 0; round < 1'000; ++round) {
    std::array<T, Vector::size> x;
    std::array<T, Vector::size> y;
    std::array<T, Vector::size> z;
    std::array<T, Vector::size> received;
    for (std::size_t i = 0; i < Vector::size; ++i) {
      x[i] = distribution(engine);
      y[i] = distribution(engine);
      z[i] = -x[i] * y[i];  // what is left is the rounding error of the product
    }
    const auto result = of_vectors(Vector::load_unaligned(x.data()), Vector::load_unaligned(y.data()),
                                   Vector::load_unaligned(z.data()));
    result.store_unaligned(received.data());
    for (std::size_t i = 0; i < Vector::size; ++i) all_equal &= received[i] == of_numbers(x[i], y[i], z[i]);
  }
  BOOST_TEST(all_equal, name << " of " << (sizeof(T) == 4 ? "float" : "double"));
}

template <class T>
void check_all() {
  check<T>(
      "a quotient", [](auto x, auto y, auto) { return x / y; }, [](T x, T y, T) { return x / y; });
  check<T>(
      "a root", [](auto x, auto, auto) { return xsimd::sqrt(x); }, [](T x, T, T) { return std::sqrt(x); });
  if (!xgrad::elementary::has_fused_multiply_add) return;
  check<T>(
      "fma", [](auto x, auto y, auto z) { return xsimd::fma(x, y, z); },
      [](T x, T y, T z) { return std::fma(x, y, z); });
  check<T>(
      "fms", [](auto x, auto y, auto z) { return xsimd::fms(x, y, -z); },
      [](T x, T y, T z) { return std::fma(x, y, z); });
  check<T>(
      "fnma", [](auto x, auto y, auto z) { return xsimd::fnma(x, y, -z); },
      [](T x, T y, T z) { return std::fma(-x, y, -z); });
  check<T>(
      "fnms", [](auto x, auto y, auto z) { return xsimd::fnms(x, y, z); },
      [](T x, T y, T z) { return std::fma(-x, y, -z); });
  check<T>(
      "multiply_add", [](auto x, auto y, auto z) { return xgrad::elementary::lanes::multiply_add(x, y, z); },
      [](T x, T y, T z) { return std::fma(x, y, z); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(arithmetic_of_vectors)

BOOST_AUTO_TEST_CASE(rounds_as_that_of_numbers) {
  check_all<float>();
  check_all<double>();
}

BOOST_AUTO_TEST_SUITE_END()
