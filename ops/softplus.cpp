#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/softplus.hpp>

namespace xgrad {

Tensor softplus(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "softplus",
      [](const auto& x) {
        return xt::where(x < number(x, 0), number(x, 0), x) + elementary::log1p(elementary::exp(-xt::abs(x)));
      },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * sigmoid(at.input()); }},
          .cost = 20,
      });
  return apply(op, {x});
}

static const Register registered_softplus{{
    .name = "softplus",
    .family = OperatorFamily::activation,
    .signature = "softplus(x)",
    .summary = "Smooth relu, computed without overflow.",
    .formula = "log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)",
    .gradient = "c * sigmoid(x)",
}};

}  // namespace xgrad
