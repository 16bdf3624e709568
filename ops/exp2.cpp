#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp2.hpp>
#include <xgrad/ops/multiply.hpp>

#include <numbers>

namespace xgrad {
Tensor exp2(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "exp2", elementary::exp2,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * std::numbers::ln2 * at.output(); }},
          .cost = 10,
      });
  return apply(op, {x});
}

static const Register registered_exp2{{
    .name = "exp2",
    .family = OperatorFamily::unary,
    .signature = "exp2(x)",
    .summary = "2 to the power of x.",
    .formula = "2^x",
    .gradient = "c * log(2) * 2^x",
}};

}  // namespace xgrad
