#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/lgamma.hpp>
#include <xgrad/ops/lgamma/real_lgamma.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/polygamma.hpp>

namespace xgrad {
Tensor lgamma(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>(
      "lgamma", [](double x) { return real_lgamma(x); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * digamma(at.input()); }},
          .cost = 50,
      });
  return apply(op, {x});
}

static const Register registered_lgamma{{
    .name = "lgamma",
    .signature = "lgamma(x)",
    .summary = "Logarithm of the absolute value of the gamma function.",
    .formula = "log(|gamma(x)|)",
    .gradient = "c * digamma(x)",
}};

}  // namespace xgrad
