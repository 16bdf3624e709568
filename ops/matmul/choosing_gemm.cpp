#include <xgrad/framework/backends/gemm.hpp>
#include <xgrad/ops/matmul/choosing_gemm.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace xgrad {
namespace {

template <class T>
bool is_finite(const MatrixView<T>& result) {
  for (std::int64_t row = 0; row < result.rows; ++row) {
    int infinite = 0;  // no early end, so that vectors of elements are looked at
    const T* elements = result.at(row, 0);
    for (std::int64_t column = 0; column < result.columns; ++column) {
      infinite |= !(std::abs(elements[column]) <= std::numeric_limits<T>::max());
    }
    if (infinite != 0) return false;
  }
  return true;
}

/// A copy of a matrix with 0 for infinities and NaN.
template <class T>
class FinitePart {
 public:
  explicit FinitePart(const MatrixView<const T>& matrix) {
    elements_.reserve(static_cast<std::size_t>(matrix.rows * matrix.columns));
    for (std::int64_t row = 0; row < matrix.rows; ++row) {
      for (std::int64_t column = 0; column < matrix.columns; ++column) {
        const T element = *matrix.at(row, column);
        elements_.push_back(std::isfinite(element) ? element : T(0));
      }
    }
    view_ = {elements_.data(), matrix.rows, matrix.columns, matrix.columns};
  }

  const MatrixView<const T>& view() const { return view_; }

 private:
  std::vector<T> elements_;
  MatrixView<const T> view_{};
};

/// Adds what infinities and NaN of `left` contribute; with `is_other_finite` only beside finite factors.
template <class T>
void add_infinite(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result,
                  bool is_other_finite) {
  for (std::int64_t row = 0; row < left.rows; ++row) {
    for (std::int64_t inner = 0; inner < left.columns; ++inner) {
      const T factor = *left.at(row, inner);
      if (std::isfinite(factor)) continue;
      for (std::int64_t column = 0; column < right.columns; ++column) {
        const T other = *right.at(inner, column);
        if (other == 0 || (is_other_finite && !std::isfinite(other))) continue;
        *result.at(row, column) += factor * other;
      }
    }
  }
}

template <class T>
void choose(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result) {
  // Infinities and NaN reach the result whatever they are multiplied by.
  if (is_finite(result)) return;
  gemm(FinitePart<T>(left).view(), FinitePart<T>(right).view(), result);
  add_infinite(left, right, result, false);
  add_infinite(right.transposed(), left.transposed(), result.transposed(), true);
}

}  // namespace

void choose_by_zeros(const MatrixView<const float>& left, const MatrixView<const float>& right,
                     const MatrixView<float>& result) {
  choose(left, right, result);
}

void choose_by_zeros(const MatrixView<const double>& left, const MatrixView<const double>& right,
                     const MatrixView<double>& result) {
  choose(left, right, result);
}

}  // namespace xgrad
