#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log1p.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Tensor log1p(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("log1p", elementary::log1p,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() / (at.input() + 1); }},
                                        .cost = 20,
                                    });
  return apply(op, {x});
}

static const Register registered_log1p{unary_operator(log1p, -0.6, 2,
                                                      {
                                                          .name = "log1p",
                                                          .summary = "log(1 + x), without cancellation near 0.",
                                                          .formula = "log(1 + x)",
                                                          .gradient = "c / (1 + x)",
                                                          .points = {{{0}, 0, 1},
                                                                     {{1e-30}, 1e-30, 1},
                                                                     {{-1}, -infinity, infinity},
                                                                     {{infinity}, infinity, 0},
                                                                     {{-infinity}, none, 0}},
                                                      })};

}  // namespace xgrad
