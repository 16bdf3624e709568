#pragma once

#include <xgrad/framework/core/op.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace xgrad {

/// The inverse of each matrix in the last two axes. Throws ShapeError unless these are square, DTypeError unless x is
/// of floating point; running it throws NumericError, naming the matrix, when one is singular. Takes workspace from the
/// heap.
Tensor inv(const Tensor& x);

/// Checks that x has square matrices of floating point in its last two axes. Throws ShapeError or DTypeError, with
/// `where` as their first word.
void expect_square(std::string_view where, const Tensor& x);

/// The rows that operators on stacks of matrices depend on: a stack's leading axis can be cut, a single matrix cannot.
std::optional<std::vector<int>> rows_of_stacks(std::span<const TensorType> inputs);

/// Throws NumericError for matrix `index` of the block that a kernel computes: "inv: matrix 3 is singular, ...".
[[noreturn]] void reject_matrix(std::string_view where, const KernelArguments& arguments, std::int64_t index,
                                std::string_view what);

/// Square matrices, far from singular, for samples.
Array invertible_values(const Extents& shape);

}  // namespace xgrad
