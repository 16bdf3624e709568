#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/softsign.hpp>
#include <xgrad/ops/square.hpp>

#include <limits>

namespace xgrad {
Tensor softsign(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "softsign",
      // Infinity divided by infinity would be NaN; from the largest float32 on the quotient is 1 or -1 anyway.
      [](const auto& x) {
        constexpr double largest = std::numeric_limits<float>::max();
        return xt::where(xt::abs(x) > number(x, largest), xt::sign(x), x / (number(x, 1) + xt::abs(x)));
      },
      {
          // From the input: 1 - |output| would cancel where x is large.
          .vjp = {[](const Vjp& at) { return at.cotangent() / square(1 + abs(at.input())); }},
          .cost = 3,
      });
  return apply(op, {x});
}

static const Register registered_softsign{{
    .name = "softsign",
    .family = OperatorFamily::activation,
    .signature = "softsign(x)",
    .summary = "An S between -1 and 1.",
    .formula = "x / (1 + |x|)",
    .gradient = "c / (1 + |x|)^2",
}};

}  // namespace xgrad
