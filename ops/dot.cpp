#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

namespace xgrad {
Tensor dot(const Tensor& left, const Tensor& right) {
  expect_one_floating_dtype("dot", left, right);
  if (left.rank() == 0 || right.rank() == 0 || right.rank() > 2) {
    throw ShapeError(
        fmt::format("dot: expected at least one axis on the left and one or two on the right, but got shapes "
                    "{} and {}; multiply by a scalar with *, reshape what has more axes",
                    left.shape().to_string(), right.shape().to_string()));
  }
  expect_inner_sizes("dot", left, right);
  return matmul(left, right);
}

static const Register registered_dot{{
    .name = "dot",
    .family = OperatorFamily::linear_algebra,
    .signature = "dot(left, right)",
    .summary = "Product of matrices and vectors: sums over the last axis of left and the first of right.",
    .formula = "result[i, j] = sum over k of left[i, k] * right[k, j]",
    .gradient = "dot(c, transpose(right)) for left, dot(transpose(left), c) for right",
    .shapes = "x (..., k) and w (k, n): (..., n); vectors lose their axis, as in NumPy",
}};

}  // namespace xgrad
