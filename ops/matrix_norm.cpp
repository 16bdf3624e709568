#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/matrix_norm.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/norm.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/svd.hpp>

#include <fmt/format.h>

#include <cmath>

namespace xgrad {
namespace {

/// As matrices of one column.
Tensor singular_values(const Tensor& x) { return expand_dims(svdvals(x), -1); }

/// The numbers among which a norm is the largest or smallest, as matrices of one row or column.
Tensor candidates(const Tensor& x, double magnitude) {
  if (magnitude == 1) return sum(abs(x), -2, true);
  if (magnitude == 2) return singular_values(x);
  return sum(abs(x), -1, true);
}

}  // namespace

Tensor matrix_norm(const Tensor& x, std::string_view kind, bool keepdims) {
  expect_matrices("matrix_norm", x);
  if (kind == "fro") return norm(x, 2, {-2, -1}, keepdims);
  if (kind == "nuc") return sum(singular_values(x), {-2, -1}, keepdims);
  throw ValueError(fmt::format("matrix_norm: expected 'fro', 'nuc' or a number, but got '{}'", kind));
}

Tensor matrix_norm(const Tensor& x, double order, bool keepdims) {
  expect_matrices("matrix_norm", x);
  const auto magnitude = std::abs(order);
  if (magnitude != 1 && magnitude != 2 && magnitude != INFINITY) {
    throw ValueError(fmt::format(
        "matrix_norm: expected an order of 1, 2 or infinity, or one of these negated, but got {}; norm takes others",
        order));
  }
  const auto numbers = candidates(x, magnitude);
  nonempty_axes("matrix_norm", numbers, {-2, -1});
  return order > 0 ? max(numbers, {-2, -1}, keepdims) : min(numbers, {-2, -1}, keepdims);
}

static const Register registered_matrix_norm{{
    .name = "matrix_norm",
    .family = OperatorFamily::linear_algebra,
    .signature = "matrix_norm(x, kind = \"fro\" or a number, keepdims = false)",
    .summary = "A norm of each matrix in the last two axes.",
    .formula = "fro: sqrt(sum x^2); nuc: the sum of singular values; 1, infinity: the largest sum of |x| along a "
               "column, a row; 2: the largest singular value; -1, -infinity, -2: the smallest",
    .gradient = "that of norm, of svdvals, or of max, min, sum and abs",
    .shapes = "x (..., m, n): (...), or (..., 1, 1) with keepdims",
}};

}  // namespace xgrad
