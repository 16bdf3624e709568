#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/custom_gradient.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/pinv.hpp>
#include <xgrad/ops/slice.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/svd.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

#include <limits>

namespace xgrad {
namespace {

double epsilon(DType dtype) {
  return dtype == DType::float32 ? std::numeric_limits<float>::epsilon() : std::numeric_limits<double>::epsilon();
}

/// With p the result: -p^T c p^T + (1 - x p) c^T p p^T + p^T p c^T (1 - p x), for matrices with no more columns than
/// rows, of which the products here are the small ones.
std::optional<Tensor> rule(const Vjp& at) {
  const auto &x = at.input(), &p = at.output();
  const auto c = transposed(at.cotangent());
  const auto pc = matmul(p, c);
  return matmul(c - matmul(x, pc), matmul(p, transposed(p))) +
         matmul(transposed(p), pc - matmul(pc, matmul(p, x)) - transposed(pc));
}

}  // namespace

Tensor pinv(const Tensor& x, std::optional<double> rcond) {
  const auto size = known_matrix_size("pinv", x);
  if (rcond && !(*rcond >= 0)) {
    throw ValueError(
        fmt::format("pinv: expected an rcond of 0 or more, but got {}; leave it out for a usual one", *rcond));
  }
  if (size.rows < size.columns) return transposed(pinv(transposed(x), rcond));
  const auto [u, s, vt] = svd(x);
  const auto cutoff = rcond.value_or(static_cast<double>(size.rows) * epsilon(x.dtype()));
  const auto counts = greater(s, cutoff * slice(s, Range{.stop = 1}, -1));
  const auto inverse = where(counts, 1 / where(counts, s, ones_like(s)), zeros_like(s));
  return custom_gradient(matmul(transposed(vt) * expand_dims(inverse, -2), transposed(u)), {x}, {rule});
}

static const Register registered_pinv{{
    .name = "pinv",
    .family = OperatorFamily::linear_algebra,
    .signature = "pinv(x, rcond = max(m, n) * epsilon)",
    .summary = "The Moore-Penrose inverse of each matrix in the last two axes.",
    .formula = "vt^T 1/s u^T, where s > rcond * max(s), with u, s and vt of svd(x)",
    .gradient = "-p^T c p^T + (1 - x p) c^T p p^T + p^T p c^T (1 - p x), with p the result",
    .shapes = "x (..., m, n): (..., n, m)",
}};

}  // namespace xgrad
