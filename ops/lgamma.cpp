#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/lgamma.hpp>
#include <xgrad/ops/lgamma/real_lgamma.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/polygamma.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

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
    .samples =
        [] {
          auto samples = unary_samples(lgamma, 0.4, 4);
          samples.push_back(
              {"negative", {xt::xarray<double>{-0.4, -1.6, -2.3, -7.5}}, [](auto x) { return lgamma(x[0]); }});
          return samples;
        },
    .rejections = [] { return floating_rejections("lgamma", lgamma); },
    .points = {{{0}, infinity, -infinity}, {{1}, 0, -0.57721566490153286}, {{infinity}, infinity, infinity}},
}};

}  // namespace xgrad
