#pragma once

#include <xgrad/framework/core/fold.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>

namespace xgrad {

/// Rows that are treated together, step by step: while the sum of one waits for its last additions, those of the others
/// go on.
inline constexpr std::int64_t rows_standardized_together = 8;

/// Elements of such rows, which should stay in the first-level cache.
inline constexpr std::int64_t elements_standardized_together = 2048;

/// Standardizes a row whose sums leave the range of the dtype, in a unit beside which epsilon is nothing. Returns the
/// scale.
template <class T>
T standardize_large_row(const T* x, T* result, std::int64_t count, T epsilon) {
  const T unit = std::ldexp(T(1), -std::numeric_limits<T>::max_exponent * 2 / 3);
  const auto divisor = static_cast<T>(count);
  const T mean = fold(x, count, T(0), std::plus<T>(), [=](T value) { return value * unit; }) / divisor;
  for (std::int64_t i = 0; i < count; ++i) result[i] = x[i] * unit - mean;
  const T rest = fold(result, count, T(0), std::plus<T>()) / divisor;
  const auto square = [=](T residual) { return (residual - rest) * (residual - rest); };
  const T variance = fold(result, count, T(0), std::plus<T>(), square) / divisor;
  const T factor = variance == 0 ? T(0) : 1 / std::sqrt(variance);
  for (std::int64_t i = 0; i < count; ++i) result[i] = (result[i] - rest) * factor;
  return variance == 0 ? 1 / std::sqrt(epsilon) : factor * unit;
}

/// Writes (x - mean) * scale for each of `rows` rows of `count` elements, with scale = 1 / sqrt(variance + epsilon),
/// and the scale of each.
///
/// The mean of squares less the square of the mean would cancel where the mean is large, so the variance is the mean of
/// the squares of residuals. The mean is rounded, by as much as the residuals are long where it is large enough: the
/// mean of the residuals, which would be 0, is taken out as well. T. F. Chan, G. H. Golub and R. J. LeVeque,
/// "Algorithms for computing the sample variance", 1983. A row of equal elements becomes 0.
template <class T>
void standardize_rows(const T* x, T* result, T* scales, std::int64_t rows, std::int64_t count, T epsilon) {
  const auto divisor = static_cast<T>(count);
  const auto together = std::clamp<std::int64_t>(elements_standardized_together / std::max<std::int64_t>(count, 1), 1,
                                                 rows_standardized_together);
  std::array<T, rows_standardized_together> mean;
  std::array<T, rows_standardized_together> rest;  // what the mean lost by rounding
  for (std::int64_t first = 0; first < rows; first += together) {
    const auto some = std::min(together, rows - first);
    const T* from = x + first * count;
    T* to = result + first * count;
    for (std::int64_t row = 0; row < some; ++row) {
      mean[row] = fold(from + row * count, count, T(0), std::plus<T>()) / divisor;
    }
    for (std::int64_t row = 0; row < some; ++row) {
      const auto residual = [center = mean[row]](T value) { return value - center; };
      rest[row] = fold(from + row * count, count, T(0), std::plus<T>(), residual) / divisor;
    }
    for (std::int64_t row = 0; row < some; ++row) {
      const auto square = [center = mean[row], lost = rest[row]](T value) {
        const T residual = (value - center) - lost;
        return residual * residual;
      };
      const T variance = fold(from + row * count, count, T(0), std::plus<T>(), square) / divisor;
      scales[first + row] = 1 / std::sqrt(variance + epsilon);
    }
    for (std::int64_t row = 0; row < some; ++row, from += count, to += count) {
      const T scale = scales[first + row];
      if (!(scale > 0)) {  // the variance is infinite or no number
        scales[first + row] = standardize_large_row(from, to, count, epsilon);
        continue;
      }
      for (std::int64_t i = 0; i < count; ++i) to[i] = ((from[i] - mean[row]) - rest[row]) * scale;
    }
  }
}

/// Writes (c - mean(c) - n * mean(c * n)) * scale for each of `rows` rows of `count` elements.
template <class T>
void standardize_gradient_rows(const T* cotangent, const T* standardized, const T* scales, T* result, std::int64_t rows,
                               std::int64_t count) {
  const auto divisor = static_cast<T>(count);
  for (std::int64_t row = 0; row < rows; ++row, cotangent += count, standardized += count, result += count) {
    const T mean = fold(cotangent, count, T(0), std::plus<T>()) / divisor;
    const T along = fold(Products<T>{cotangent, standardized}, count, T(0), std::plus<T>()) / divisor;
    const T scale = scales[row];
    for (std::int64_t i = 0; i < count; ++i) result[i] = (cotangent[i] - (mean + standardized[i] * along)) * scale;
  }
}

}  // namespace xgrad
