#pragma once

#include <xgrad/framework/core/running.hpp>

namespace xgrad::ordered_gemm {

/// The sums of chains, added up with twice the precision of their type.
template <class T>
struct Total;

template <>
struct Total<float> {
  double sum;
  void add(float chain) { sum += chain; }
  float rounded() const { return static_cast<float>(sum); }
};

/// A sum and its rounding errors.
template <>
struct Total<double> {
  double sum;
  double error;
  void add(double chain) {
    const double next = sum + chain;
    error += rounding_error(sum, chain, next);
    sum = next;
  }
  double rounded() const { return corrected(sum, error); }
};

}  // namespace xgrad::ordered_gemm
