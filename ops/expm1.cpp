#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/expm1.hpp>
#include <xgrad/ops/multiply.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

Tensor expm1(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("expm1", elementary::expm1,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * exp(at.input()); }},
                                        .cost = 25,
                                    });
  return apply(op, {x});
}

static const Register registered_expm1{unary_operator(
    expm1, -2, 2,
    {
        .name = "expm1",
        .summary = "e^x - 1, without cancellation near 0.",
        .formula = "e^x - 1",
        .gradient = "c * e^x",
        .points =
            {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{-1000}, -1, 0}, {{1000}, infinity, infinity}, {{-infinity}, -1, 0}},
    })};

}  // namespace xgrad
