#include "reference.hpp"
#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace xgrad::test {
namespace {

/// Turns `matrix` into a triangle by Gauss's elimination, doing the same to `right`; gives the determinant.
double eliminate(Matrix& matrix, Matrix& right) {
  double determinant = 1;
  for (std::size_t pivot = 0; pivot < matrix.size(); ++pivot) {
    std::size_t best = pivot;
    for (std::size_t row = pivot; row < matrix.size(); ++row) {
      if (std::abs(matrix[row][pivot]) > std::abs(matrix[best][pivot])) best = row;
    }
    if (best != pivot) determinant = -determinant;
    std::swap(matrix[best], matrix[pivot]);
    std::swap(right[best], right[pivot]);
    determinant *= matrix[pivot][pivot];
    for (std::size_t row = pivot + 1; row < matrix.size(); ++row) {
      const double factor = matrix[row][pivot] / matrix[pivot][pivot];
      for (std::size_t i = 0; i < matrix.size(); ++i) matrix[row][i] -= factor * matrix[pivot][i];
      for (std::size_t i = 0; i < right[row].size(); ++i) right[row][i] -= factor * right[pivot][i];
    }
  }
  return determinant;
}

Matrix solution(Matrix matrix, Matrix right) {
  eliminate(matrix, right);
  for (std::size_t row = matrix.size(); row-- > 0;) {
    for (std::size_t i = 0; i < right[row].size(); ++i) {
      for (std::size_t other = row + 1; other < matrix.size(); ++other)
        right[row][i] -= matrix[row][other] * right[other][i];
      right[row][i] /= matrix[row][row];
    }
  }
  return right;
}

Plain solve_part(const Plain& matrices, const Plain& right, bool keep_lower, bool keep_upper) {
  Plain columns = right;
  if (right.shape.size() == 1) columns.shape.push_back(1);
  Extents stack(std::max(matrices.shape.size(), columns.shape.size()) - 2);
  for (std::size_t back = 1; back <= stack.size(); ++back) {
    const auto size = [&](const Plain& x) {
      return back + 2 <= x.shape.size() ? x.shape[x.shape.size() - 2 - back] : 1;
    };
    stack[stack.size() - back] = size(matrices) == 1 ? size(columns) : size(matrices);
  }
  Extents shape = stack;
  shape.insert(shape.end(), columns.shape.end() - 2, columns.shape.end());
  Plain result(shape, right.dtype);
  std::size_t next = 0;
  if (!result.values.empty()) {
    for_each_index(stack, [&](const Extents& index) {
      auto matrix = matrix_at(matrices, index);
      for (std::size_t row = 0; row < matrix.size(); ++row) {
        for (std::size_t column = 0; column < matrix.size(); ++column) {
          if ((column < row && !keep_lower) || (column > row && !keep_upper)) matrix[row][column] = 0;
        }
      }
      for (const auto& row : solution(matrix, matrix_at(columns, index))) {
        for (double value : row) result.values[next++] = value;
      }
    });
  }
  if (right.shape.size() == 1) result.shape.pop_back();
  return result;
}

Plain solve(const Sample&, std::span<const Plain> inputs) { return solve_part(inputs[0], inputs[1], true, true); }

Plain solve_triangular(const Sample& sample, std::span<const Plain> inputs) {
  const bool lower = argument(sample, "lower", 1) != 0;
  return solve_part(inputs[0], inputs[1], lower, !lower);
}

Plain inv(const Sample&, std::span<const Plain> inputs) {
  Plain identity({inputs[0].shape.back(), inputs[0].shape.back()});
  const auto size = static_cast<std::size_t>(inputs[0].shape.back());
  for (std::size_t i = 0; i < size; ++i) identity.values[i * size + i] = 1;
  return solve_part(inputs[0], identity, true, true);
}

Plain determinants(const Plain& x, double (*function)(double)) {
  Plain result(leading(x), x.dtype);
  std::size_t next = 0;
  for_each_index(result.shape, [&](const Extents& index) {
    auto matrix = matrix_at(x, index);
    Matrix right(matrix.size());
    result.values[next++] = function(eliminate(matrix, right));
  });
  return result;
}

/// The gradient of a determinant: for each element, the determinant with its row replaced by one of the identity.
Plain cofactors(const Plain& x) {
  Plain result(x.shape, x.dtype);
  std::size_t next = 0;
  for_each_index(leading(x), [&](const Extents& index) {
    const auto matrix = matrix_at(x, index);
    for (std::size_t row = 0; row < matrix.size(); ++row) {
      for (std::size_t column = 0; column < matrix.size(); ++column) {
        auto replaced = matrix;
        replaced[row].assign(matrix.size(), 0);
        replaced[row][column] = 1;
        Matrix right(matrix.size());
        result.values[next++] = eliminate(replaced, right);
      }
    }
  });
  return result;
}

Plain det(const Sample& sample, std::span<const Plain> inputs) {
  if (sample.arguments.contains("gradient")) return cofactors(inputs[0]);
  return determinants(inputs[0], [](double value) { return value; });
}

Plain slogdet(const Sample& sample, std::span<const Plain> inputs) {
  if (argument(sample, "log", 0) != 0)
    return determinants(inputs[0], [](double value) { return std::log(std::abs(value)); });
  return determinants(inputs[0], [](double value) { return value < 0 ? -1.0 : 1.0; });
}

Plain matrix_power(const Sample& sample, std::span<const Plain> inputs) {
  const auto exponent = static_cast<int>(argument(sample, "exponent", 1));
  const Plain base = exponent < 0 ? inv(sample, inputs) : inputs[0];
  Plain result(base.shape, base.dtype);
  std::size_t next = 0;
  if (result.values.empty()) return result;
  for_each_index(leading(base), [&](const Extents& index) {
    const auto x = matrix_at(base, index);
    Matrix power(x.size(), std::vector<double>(x.size(), 0));
    for (std::size_t i = 0; i < x.size(); ++i) power[i][i] = 1;
    for (int step = 0; step < std::abs(exponent); ++step) {
      Matrix product(x.size(), std::vector<double>(x.size(), 0));
      for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = 0; j < x.size(); ++j) {
          for (std::size_t k = 0; k < x.size(); ++k) product[i][j] += power[i][k] * x[k][j];
        }
      }
      power = product;
    }
    for (const auto& row : power) {
      for (double value : row) result.values[next++] = value;
    }
  });
  return result;
}

/// Of x + x^T, element by element.
Plain cholesky(const Sample&, std::span<const Plain> inputs) {
  Plain result(inputs[0].shape, inputs[0].dtype);
  std::size_t next = 0;
  if (result.values.empty()) return result;
  for_each_index(leading(inputs[0]), [&](const Extents& index) {
    const auto x = matrix_at(inputs[0], index);
    Matrix factor(x.size(), std::vector<double>(x.size(), 0));
    for (std::size_t row = 0; row < x.size(); ++row) {
      for (std::size_t column = 0; column <= row; ++column) {
        double rest = x[row][column] + x[column][row];
        for (std::size_t k = 0; k < column; ++k) rest -= factor[row][k] * factor[column][k];
        factor[row][column] = row == column ? std::sqrt(rest) : rest / factor[column][column];
      }
      for (double value : factor[row]) result.values[next++] = value;
    }
  });
  return result;
}

}  // namespace

References matrix_references() {
  return {{"inv", inv},          {"solve", solve},     {"solve_triangular", solve_triangular},
          {"det", det},          {"slogdet", slogdet}, {"matrix_power", matrix_power},
          {"cholesky", cholesky}};
}

}  // namespace xgrad::test
