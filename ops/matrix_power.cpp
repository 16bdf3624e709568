#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_power.hpp>
#include <xgrad/ops/matrix_stack.hpp>

#include <fmt/format.h>

#include <optional>

namespace xgrad {
namespace {

Tensor identities_like(const Tensor& x) {
  const Dim size = x.shape()[x.rank() - 1];
  if (!size.is_known()) {
    throw ShapeError(fmt::format("matrix_power: expected matrices of a known size for exponent 0, but got shape {}",
                                 x.shape().to_string()));
  }
  return broadcast_to(identity_matrix(size.value(), x.dtype()), x.shape());
}

}  // namespace

Tensor matrix_power(const Tensor& x, std::int64_t exponent) {
  expect_square("matrix_power", x);
  if (exponent == 0) return identities_like(x);
  Tensor power = exponent < 0 ? inv(x) : x;  // x^1, x^2, x^4, ...
  std::optional<Tensor> result;
  for (auto rest = exponent < 0 ? 0 - static_cast<std::uint64_t>(exponent) : static_cast<std::uint64_t>(exponent);;) {
    if (rest % 2 == 1) result = result ? matmul(*result, power) : power;
    rest /= 2;
    if (rest == 0) return *result;
    power = matmul(power, power);
  }
}

static const Register registered_matrix_power{{
    .name = "matrix_power",
    .family = OperatorFamily::linear_algebra,
    .signature = "matrix_power(x, exponent)",
    .summary = "The power of each matrix in the last two axes, the exponent being an integer.",
    .formula = "x matmul x matmul ... matmul x",
    .gradient = "that of the products and, for negative exponents, of inv",
    .shapes = "x (..., n, n): the shape of x",
}};

}  // namespace xgrad
