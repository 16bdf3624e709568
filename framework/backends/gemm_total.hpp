#pragma once

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

/// The error of each addition is exact: D. Knuth, The Art of Computer Programming 2, 4.2.2, theorem B.
template <>
struct Total<double> {
  double sum;
  double error;
  void add(double chain) {
    const double next = sum + chain;
    const double added = next - sum;
    error += (sum - (next - added)) + (chain - added);
    sum = next;
  }
  double rounded() const { return sum + error; }
};

}  // namespace xgrad::ordered_gemm
