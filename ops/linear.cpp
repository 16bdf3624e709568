#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/linear.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor linear(const Tensor& x, const Tensor& w) {
  if (x.rank() == 0 || w.rank() != 2 || !(w.shape()[0] == x.shape()[x.rank() - 1])) {
    throw ShapeError(
        fmt::format("linear: expected x of shape (..., k) and w of shape (k, n), but got {} and {}; "
                    "transpose(w) when it is (n, k)",
                    x.shape().to_string(), w.shape().to_string()));
  }
  return dot(x, w);
}

Tensor linear(const Tensor& x, const Tensor& w, const Tensor& b) {
  const auto product = linear(x, w);
  if (!(b.shape() == Shape{w.shape()[1]})) {
    throw ShapeError(fmt::format("linear: expected b of shape ({},), a number for each column of w, but got {}",
                                 w.shape()[1].to_string(), b.shape().to_string()));
  }
  return product + b;
}

static const Register registered_linear{{
    .name = "linear",
    .family = OperatorFamily::neural,
    .signature = "linear(x, w, b = none)",
    .summary = "A matrix product along the last axis, moved by b.",
    .formula = "x w + b",
    .gradient = "c w^T for x, x^T c for w, and c summed over all but the last axis for b",
    .shapes = "x (..., k), w (k, n), b (n,): (..., n)",
}};

}  // namespace xgrad
