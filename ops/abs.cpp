#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sign.hpp>

#include <limits>

namespace xgrad {

Tensor abs(const Tensor& x) {
  static const auto op = elementwise<1, DTypes<float, double, std::int32_t, std::int64_t>>(
      "abs", [](const auto& x) { return xt::abs(x); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * sign(at.input()); }},
          .simplify = [](auto inputs) -> std::optional<Tensor> {
            const auto negated = negative_of(inputs[0]);
            return negated ? std::optional(abs(*negated)) : std::nullopt;
          },
      });
  return apply(op, {x});
}

static const Register registered_abs{{
    .name = "abs",
    .family = OperatorFamily::unary,
    .signature = "abs(x)",
    .summary = "Absolute value.",
    .formula = "|x|",
    .gradient = "c * sign(x), 0 at 0",
    .samples = [] { return unary_samples(abs); },
    .rejections =
        [] {
          return std::vector<Rejection>{{"unsigned input", [] { abs(input({3}, {}, DType::uint8)); },
                                         "abs: expected one of float32, float64, int32, int64, but got uint8"}};
        },
    .points = {{{0}, 0, 0},
               {{-0.0}, 0, 0},
               {{std::numeric_limits<double>::quiet_NaN()},
                std::numeric_limits<double>::quiet_NaN(),
                std::numeric_limits<double>::quiet_NaN()}},
}};

}  // namespace xgrad
