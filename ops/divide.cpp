#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>

#include <cmath>

namespace xgrad {

Tensor divide(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, FloatingTypes>(
      "divide", [](const auto& x, const auto& y) { return x / y; },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() / at.input(1); },
                  [](const Vjp& at) { return -(at.cotangent() * at.output() / at.input(1)); }},
          .cost = 2,
          .simplify = [](auto inputs) -> std::optional<Tensor> {
            const auto left = negative_of(inputs[0]);
            const auto right = negative_of(inputs[1]);
            if (left && right) return *left / *right;
            return beside_neutral(inputs[0], inputs[1], 1);
          },
      });
  return apply(op, {left, right});
}

Tensor operator/(const Tensor& left, const Tensor& right) { return divide(left, right); }
Tensor operator/(const Tensor& left, Number right) { return divide(left, number_like("divide", right, left)); }
Tensor operator/(Number left, const Tensor& right) { return divide(number_like("divide", left, right), right); }

static const Register registered_divide{{
    .name = "divide",
    .family = OperatorFamily::binary,
    .signature = "divide(left, right), left / right",
    .summary = "Quotient of two tensors, element by element, with broadcasting.",
    .formula = "left / right",
    .gradient = "c / right for left, -c * left / right^2 for right",
    .samples =
        [] {
          auto samples = binary_samples(divide, 0.5, 2);
          samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return x[0] / 1.5; }});
          samples.push_back({"number left", {sample_values({2, 3}, -2, -0.5)}, [](auto x) { return 1.5 / x[0]; }});
          return samples;
        },
    .rejections =
        [] {
          auto rejections = binary_rejections("divide", divide);
          rejections.push_back({"integers", [] { input({3}, {}, DType::int64) / input({3}, {}, DType::int64); },
                                "divide: expected one of float32, float64, but got int64"});
          return rejections;
        },
    .points =
        {{{1, 0}, INFINITY, INFINITY}, {{0, 0}, NAN, INFINITY}, {{INFINITY, INFINITY}, NAN, 0}, {{1, INFINITY}, 0, 0}},
}};

}  // namespace xgrad
