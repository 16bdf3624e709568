#include <xgrad/framework/core/elementary/hyperbolic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sinh.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

Tensor sinh(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("sinh", elementary::sinh,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * cosh(at.input()); }},
                                        .cost = 25,
                                    });
  return apply(op, {x});
}

Tensor cosh(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("cosh", elementary::cosh,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * sinh(at.input()); }},
                                        .cost = 25,
                                    });
  return apply(op, {x});
}

static const Register registered_sinh{unary_operator(
    sinh, -2, 2,
    {
        .name = "sinh",
        .summary = "Hyperbolic sine.",
        .formula = "(e^x - e^-x) / 2",
        .gradient = "c * cosh(x)",
        .points = {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{1000}, infinity, infinity}, {{-1000}, -infinity, infinity}},
    })};

static const Register registered_cosh{
    unary_operator(cosh, -2, 2,
                   {
                       .name = "cosh",
                       .summary = "Hyperbolic cosine.",
                       .formula = "(e^x + e^-x) / 2",
                       .gradient = "c * sinh(x)",
                       .points = {{{0}, 1, 0}, {{1000}, infinity, infinity}, {{-1000}, infinity, -infinity}},
                   })};

}  // namespace xgrad
