#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>

namespace xgrad {

/// The rounding error of `sum`, the sum of two numbers, which is a number itself: D. E. Knuth, The Art of Computer
/// Programming, volume 2, 4.2.2, theorem B. Not a number where the sum is infinite.
inline double rounding_error(double a, double b, double sum) {
  const double part = sum - a;
  return (a - (sum - part)) + (b - part);
}

/// A sum and what was lost of it by rounding, which is not a number once the sum was infinite.
inline double corrected(double sum, double lost) { return lost - lost == 0 ? sum + lost : sum; }

/// A number that terms are added to and factors multiplied with, one after the other, for running sums and products and
/// whatever cannot choose its order. The error does not grow with their number: float32 is computed in float64, which
/// has digits to spare for 10^9 steps, and float64 keeps the rounding errors in a second number (specialized below).
/// Integers are what they are.
template <class T>
class Running {
 public:
  Running() = default;
  explicit Running(T start) : value_(start) {}

  using Wide = std::conditional_t<std::is_same_v<T, float>, double, T>;

  void add(Wide term) { value_ = static_cast<Wide>(value_ + term); }
  void multiply(Wide factor) { value_ = static_cast<Wide>(value_ * factor); }
  T value() const { return static_cast<T>(value_); }

 private:
  Wide value_;
};

/// Compensated sums and products (T. Ogita, S. M. Rump, S. Oishi, Accurate sum and dot product, 2005).
template <>
class Running<double> {
 public:
  Running() = default;
  explicit Running(double start) : value_(start), lost_(0) {}

  void add(double term) {
    const double sum = value_ + term;
    lost_ += rounding_error(value_, term, sum);
    value_ = sum;
  }

  void multiply(double factor) {
    const double product = value_ * factor;
    lost_ = lost_ * factor + std::fma(value_, factor, -product);
    value_ = product;
  }

  double value() const { return corrected(value_, lost_); }

 private:
  double value_;
  double lost_;
};

/// Sums in an array, each of terms in an order that the data gives, with errors that do not grow with their number.
/// What that takes is kept beside the array: for float32 the sums in float64, for float64 what they lost by rounding.
template <class T>
class PlacedSums {
 public:
  PlacedSums(T* sums, double* kept) : sums_(sums), kept_(kept) {}

  /// Begins with what is in the array.
  void start(std::int64_t place, std::int64_t count) const {
    for (auto i = place; i < place + count; ++i) kept_[i] = is_wide ? sums_[i] : 0;
  }

  /// Adds a term at a place that has been started.
  void add(std::int64_t place, T term) const {
    if constexpr (is_wide) {
      kept_[place] += term;
    } else {
      const double before = sums_[place];
      sums_[place] = before + term;
      kept_[place] += rounding_error(before, term, sums_[place]);
    }
  }

  /// Adds a row of terms from a place on.
  void add(std::int64_t place, const T* __restrict terms, std::int64_t count) const {
    T* __restrict sums = sums_ + place;
    double* __restrict kept = kept_ + place;
    for (std::int64_t i = 0; i < count; ++i) {
      if constexpr (is_wide) {
        kept[i] += terms[i];
      } else {
        const double sum = sums[i] + terms[i];
        kept[i] += rounding_error(sums[i], terms[i], sum);
        sums[i] = sum;
      }
    }
  }

  /// Writes the sums to the array.
  void finish(std::int64_t place, std::int64_t count) const {
    for (auto i = place; i < place + count; ++i) {
      sums_[i] = is_wide ? static_cast<T>(kept_[i]) : static_cast<T>(corrected(sums_[i], kept_[i]));
    }
  }

 private:
  static constexpr bool is_wide = std::is_same_v<T, float>;

  T* sums_;
  double* kept_;
};

}  // namespace xgrad
