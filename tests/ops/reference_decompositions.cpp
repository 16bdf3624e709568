// Jacobi's rotations and Gram and Schmidt's columns, where the library calls LAPACK. Signs, which are anyone's choice,
// are made as the samples make them.

#include "reference.hpp"
#include <algorithm>
#include <cmath>
#include <limits>

namespace xgrad::test {
namespace {

using Vector = std::vector<double>;

/// Vectors are kept as rows, whether they are columns in the result or not.
struct Decomposition {
  Matrix left;
  Vector values;
  Matrix right;
};

double inner(const Vector& left, const Vector& right) {
  double total = 0;
  for (std::size_t i = 0; i < left.size(); ++i) total += left[i] * right[i];
  return total;
}

Matrix transposed(const Matrix& x) {
  Matrix result(x.empty() ? 0 : x[0].size(), Vector(x.size()));
  for (std::size_t row = 0; row < x.size(); ++row) {
    for (std::size_t column = 0; column < x[row].size(); ++column) result[column][row] = x[row][column];
  }
  return result;
}

Matrix product(const Matrix& left, const Matrix& right) {
  const auto columns = transposed(right);
  Matrix result;
  for (const auto& row : left) {
    result.emplace_back();
    for (const auto& column : columns) result.back().push_back(inner(row, column));
  }
  return result;
}

Matrix identity(std::size_t size) {
  Matrix result(size, Vector(size, 0));
  for (std::size_t i = 0; i < size; ++i) result[i][i] = 1;
  return result;
}

/// Turns two vectors by the angle of that tangent.
void rotate(Vector& first, Vector& second, double tangent) {
  const double cosine = 1 / std::sqrt(1 + tangent * tangent);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const double before = first[i];
    first[i] = cosine * (before - tangent * second[i]);
    second[i] = cosine * (second[i] + tangent * before);
  }
}

Vector divided(Vector x, double by) {
  for (double& value : x) value /= by;
  return x;
}

/// Hestenes's method: turns the rows, pair by pair, until they are orthogonal.
Decomposition singular(const Matrix& x) {
  const bool is_wide = x.size() < x[0].size();
  Matrix rows = is_wide ? x : transposed(x);
  Matrix turns = identity(rows.size());
  for (int sweep = 0; sweep < 30; ++sweep) {
    for (std::size_t p = 0; p < rows.size(); ++p) {
      for (std::size_t q = p + 1; q < rows.size(); ++q) {
        const double between = inner(rows[p], rows[q]);
        if (between == 0) continue;
        const double zeta = (inner(rows[q], rows[q]) - inner(rows[p], rows[p])) / (2 * between);
        const double tangent = (zeta < 0 ? -1 : 1) / (std::abs(zeta) + std::sqrt(1 + zeta * zeta));
        rotate(rows[p], rows[q], tangent);
        rotate(turns[p], turns[q], tangent);
      }
    }
  }
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < rows.size(); ++i) order.emplace_back(-std::sqrt(inner(rows[i], rows[i])), i);
  std::sort(order.begin(), order.end());
  Decomposition result;
  for (const auto& [negated, i] : order) {
    result.values.push_back(-negated);
    result.left.push_back(divided(rows[i], -negated));
    result.right.push_back(turns[i]);
  }
  if (is_wide) std::swap(result.left, result.right);
  return result;
}

/// By singular values, those of a symmetric matrix being its eigenvalues once all are made positive.
Decomposition symmetric(Matrix x) {
  double shift = 0;
  for (const auto& row : x) {
    double sum = 0;
    for (double value : row) sum += std::abs(value);
    shift = std::max(shift, 2 * sum);
  }
  for (std::size_t i = 0; i < x.size(); ++i) x[i][i] += shift;
  auto result = singular(x);
  std::reverse(result.values.begin(), result.values.end());
  std::reverse(result.left.begin(), result.left.end());
  for (double& value : result.values) value -= shift;
  return result;
}

Matrix with_positive_sums(Matrix rows) {
  for (auto& row : rows) {
    double sum = 0;
    for (double value : row) sum += value;
    if (sum < 0) row = divided(std::move(row), -1);
  }
  return rows;
}

/// What `function` makes of each matrix of x, under x's leading axes and `sizes`.
template <class Function>
Plain for_matrices(const Plain& x, const Extents& sizes, Function function) {
  Extents shape = leading(x);
  shape.insert(shape.end(), sizes.begin(), sizes.end());
  Plain result(shape, x.dtype);
  std::size_t next = 0;
  if (result.values.empty()) return result;
  for_each_index(leading(x), [&](const Extents& index) {
    for (const auto& row : function(matrix_at(x, index))) {
      for (double value : row) result.values[next++] = value;
    }
  });
  return result;
}

struct Sizes {
  explicit Sizes(const Plain& x) : rows(x.shape[x.shape.size() - 2]), columns(x.shape.back()) {}
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t smaller = std::min(rows, columns);
};

Plain qr(const Sample& sample, std::span<const Plain> inputs) {
  const Sizes sizes(inputs[0]);
  const bool is_q = argument(sample, "part", 0) == 0;
  const auto shape = is_q ? Extents{sizes.rows, sizes.smaller} : Extents{sizes.smaller, sizes.columns};
  return for_matrices(inputs[0], shape, [&](const Matrix& x) {
    Matrix q;
    for (auto column : transposed(x)) {
      if (q.size() == static_cast<std::size_t>(sizes.smaller)) break;
      for (const auto& earlier : q) {
        const double along = inner(earlier, column);
        for (std::size_t i = 0; i < column.size(); ++i) column[i] -= along * earlier[i];
      }
      q.push_back(divided(column, std::sqrt(inner(column, column))));
    }
    if (is_q) return transposed(q);
    auto r = product(q, x);
    for (std::size_t row = 0; row < r.size(); ++row) std::fill_n(r[row].begin(), row, 0.0);
    return r;
  });
}

/// Of x + x^T.
Plain eigh(const Sample& sample, std::span<const Plain> inputs) {
  const auto size = inputs[0].shape.back();
  const bool is_values = argument(sample, "part", 0) == 0;
  return for_matrices(inputs[0], is_values ? Extents{size} : Extents{size, size}, [&](Matrix x) {
    const auto other = transposed(x);
    for (std::size_t row = 0; row < x.size(); ++row) {
      for (std::size_t column = 0; column < x.size(); ++column) x[row][column] += other[row][column];
    }
    const auto found = symmetric(x);
    return is_values ? Matrix{found.values} : transposed(with_positive_sums(found.left));
  });
}

Plain svdvals(const Sample&, std::span<const Plain> inputs) {
  return for_matrices(inputs[0], {Sizes(inputs[0]).smaller},
                      [](const Matrix& x) { return Matrix{singular(x).values}; });
}

Plain svd(const Sample& sample, std::span<const Plain> inputs) {
  const auto part = argument(sample, "part", 0);
  if (part == 1) return svdvals(sample, inputs);
  const Sizes sizes(inputs[0]);
  const auto shape = part == 0 ? Extents{sizes.rows, sizes.smaller} : Extents{sizes.smaller, sizes.columns};
  return for_matrices(inputs[0], shape, [&](const Matrix& x) {
    const auto found = singular(x);
    return part == 0 ? transposed(with_positive_sums(found.left)) : with_positive_sums(found.right);
  });
}

/// Of a matrix, or of the product of two.
Plain pinv(const Sample& sample, std::span<const Plain> inputs) {
  const auto columns = inputs.back().shape.back();
  return for_matrices(inputs[0], {columns, Sizes(inputs[0]).rows}, [&](const Matrix& first) {
    const auto x = inputs.size() == 1 ? first : product(first, matrix_at(inputs[1], {}));
    const auto found = singular(x);
    Matrix result(x[0].size(), Vector(x.size(), 0));
    for (std::size_t k = 0; k < found.values.size(); ++k) {
      if (found.values[k] <= argument(sample, "rcond", 1e-14) * found.values[0]) continue;
      for (std::size_t row = 0; row < result.size(); ++row) {
        for (std::size_t column = 0; column < x.size(); ++column)
          result[row][column] += found.right[k][row] / found.values[k] * found.left[k][column];
      }
    }
    return result;
  });
}

double norm_of(const Matrix& x, double order) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (order == infinity || order == -infinity) return norm_of(transposed(x), order > 0 ? 1 : -1);
  Vector terms;
  for (const auto& column : transposed(x)) {
    double sum = 0;
    for (double value : column) sum += order == 3 ? value * value : std::abs(value);
    terms.push_back(sum);
  }
  if (order == 2 || order == -2 || order == 4) terms = singular(x).values;
  double total = 0;
  for (double term : terms) total += term;
  if (order == 3) return std::sqrt(total);
  if (order == 4) return total;
  return order > 0 ? *std::max_element(terms.begin(), terms.end()) : *std::min_element(terms.begin(), terms.end());
}

/// Orders 3 and 4 are the Frobenius and the nuclear norm.
Plain matrix_norm(const Sample& sample, std::span<const Plain> inputs) {
  const auto shape = argument(sample, "keepdims", 0) != 0 ? Extents{1, 1} : Extents{};
  return for_matrices(inputs[0], shape, [&](const Matrix& x) {
    return Matrix{{x.empty() ? 0 : norm_of(x, argument(sample, "order", 0))}};
  });
}

}  // namespace

References decomposition_references() {
  return {{"qr", qr}, {"eigh", eigh}, {"svd", svd}, {"svdvals", svdvals}, {"pinv", pinv}, {"matrix_norm", matrix_norm}};
}

}  // namespace xgrad::test
