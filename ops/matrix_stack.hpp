#pragma once

#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/matmul.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace xgrad {

// What operators on stacks of matrices, those in the last two axes of a tensor, have in common.

/// Checks that x has matrices of floating point in its last two axes. Throws ShapeError or DTypeError, with `where` as
/// their first word, as all of these checks.
inline void expect_matrices(std::string_view where, const Tensor& x) {
  expect_floating(where, x.dtype());
  if (x.rank() >= 2) return;
  throw ShapeError(std::string(where) + ": expected matrices in the last two axes, but got shape " +
                   x.shape().to_string() + "; reshape it");
}

/// The same for square matrices.
inline void expect_square(std::string_view where, const Tensor& x) {
  expect_floating(where, x.dtype());
  const auto rank = x.rank();
  if (rank >= 2 && x.shape()[rank - 2] == x.shape()[rank - 1]) return;
  throw ShapeError(std::string(where) + ": expected square matrices in the last two axes, but got shape " +
                   x.shape().to_string() + "; reshape or slice it");
}

/// Sizes of matrices.
struct MatrixSize {
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t smaller() const { return std::min(rows, columns); }
};

/// Those of x, of which neither may be a symbol.
inline MatrixSize known_matrix_size(std::string_view where, const Tensor& x) {
  expect_matrices(where, x);
  const auto rows = x.shape()[x.rank() - 2];
  const auto columns = x.shape()[x.rank() - 1];
  if (rows.is_known() && columns.is_known()) return {rows.value(), columns.value()};
  throw ShapeError(std::string(where) + ": expected matrices of a known size in the last two axes, but got shape " +
                   x.shape().to_string() + "; only leading axes may have symbols");
}

/// The type of as many matrices as x holds, of other sizes; of vectors or numbers with fewer sizes.
inline TensorType stack_like(const TensorType& x, std::initializer_list<Dim> sizes) {
  std::vector<Dim> dims(x.shape.begin(), x.shape.end() - 2);
  dims.insert(dims.end(), sizes);
  return {x.dtype, Shape(dims)};
}

/// The rows that operators on stacks of matrices depend on: a stack's leading axis can be cut, a single matrix cannot.
inline std::optional<std::vector<int>> rows_of_stacks(std::span<const TensorType> inputs) {
  if (inputs[0].shape.rank() < 3) return std::nullopt;
  return std::vector<int>(inputs.size(), 0);
}

/// What a kernel is given for one matrix of a stack: where its part of each operand is.
template <class T>
struct MatrixArguments {
  std::string_view where;
  const KernelArguments& block;
  std::int64_t index;  ///< of the matrix in the block

  /// Sizes of the matrices of input 0.
  std::int64_t rows() const { return sizes()[0]; }
  std::int64_t columns() const { return sizes()[1]; }

  const T* input(std::size_t number = 0) const { return part(block.inputs[number]); }
  T* output(std::size_t number = 0) const { return part(block.outputs[number]); }

  /// An output once it holds a copy of an input of the same size.
  T* copied(std::size_t from = 0, std::size_t to = 0) const {
    std::copy_n(input(from), size(block.inputs[from]), output(to));
    return output(to);
  }

  /// A copy of the matrix of input 0.
  std::vector<T> copy() const { return {input(), input() + size(block.inputs[0])}; }

  /// Throws NumericError: "inv: matrix 3 of the input, counted along its leading axes, is singular".
  [[noreturn]] void reject(std::string_view what) const {
    const auto shape = block.inputs[0].shape;
    const auto matrices_of_row = shape.size() < 3 ? 1 : element_count(shape.subspan(1, shape.size() - 3));
    throw NumericError(std::string(where) + ": matrix " + std::to_string(block.first_row * matrices_of_row + index) +
                       " of the input, counted along its leading axes, is " + std::string(what));
  }

  /// Whether the matrix of input 0 has neither infinities nor what is not a number. Factorizations hide some of them.
  bool is_finite() const { return is_finite(input(), rows() * columns()); }

  /// The same for the lower triangle alone.
  bool is_finite_triangle() const {
    for (std::int64_t row = 0; row < rows(); ++row) {
      if (!is_finite(input() + row * columns(), row + 1)) return false;
    }
    return true;
  }

  /// Makes all elements of an output not a number.
  void write_not_a_number(std::size_t number = 0) const {
    std::fill_n(output(number), size(block.outputs[number]), std::numeric_limits<T>::quiet_NaN());
  }

  /// Rejects a matrix of input 0 with infinities or what is not a number, which no factorization ends for.
  void expect_finite() const {
    if (!is_finite()) reject_infinite();
  }

  /// The same for the lower triangle alone, which is all that is read of a symmetric matrix.
  void expect_finite_triangle() const {
    if (!is_finite_triangle()) reject_infinite();
  }

  /// Writes the singular value decomposition of the matrix of input 0, as `lapack_svd`; rejects one that has none.
  void decompose(T* u, T* values, T* vt) const {
    expect_finite();
    if (lapack_svd(copy().data(), rows(), columns(), u, values, vt) != 0)
      reject("one whose singular values did not converge");
  }

 private:
  static bool is_finite(const T* elements, std::int64_t count) {
    return std::all_of(elements, elements + count, [](T x) { return std::isfinite(x); });
  }
  [[noreturn]] void reject_infinite() const { reject("not finite: an element is infinite or not a number"); }

  std::span<const std::int64_t> sizes() const { return block.inputs[0].shape.last(2); }
  std::int64_t size(const ArrayView& stack) const {
    return element_count(stack.shape.subspan(block.inputs[0].shape.size() - 2));
  }
  T* part(const ArrayView& stack) const { return stack.as<T>() + index * size(stack); }
};

/// Calls `function`, for each matrix of the block that a kernel computes, with its MatrixArguments. Inputs and outputs
/// have the same leading axes.
template <class Function>
void for_each_matrix(std::string_view where, const KernelArguments& arguments, Function function) {
  const auto& x = arguments.inputs[0];
  visit(x.dtype, [&]<class T>() {
    if constexpr (std::is_floating_point_v<T>) {
      const auto count = element_count(x.shape.first(x.shape.size() - 2));
      for (std::int64_t i = 0; i < count; ++i) function(MatrixArguments<T>{where, arguments, i});
    }
  });
}

/// The identity matrix.
inline Tensor identity_matrix(std::int64_t size, DType dtype) {
  Array result = Array::zeros(DType::float64, {size, size});
  for (std::int64_t i = 0; i < size; ++i) result.data<double>()[static_cast<std::size_t>(i * (size + 1))] = 1;
  return constant(result.cast(dtype));
}

/// x with each matrix transposed.
inline Tensor transposed(const Tensor& x) { return matrix_transpose("transposed", x); }

}  // namespace xgrad
