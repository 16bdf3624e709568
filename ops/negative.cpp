#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/negative.hpp>

namespace xgrad {

Tensor negative(const Tensor& x) {
  static const auto op = elementwise<1, DTypes<float, double, std::int32_t, std::int64_t>>(FormulaOptions{
      .name = "negative",
      .formula = [](const auto& x) { return -x; },
      .vjp = {[](const Vjp& at) { return -at.cotangent(); }},
  });
  return apply(op, {x});
}

Tensor operator-(const Tensor& x) { return negative(x); }

static const Register registered_negative{{
    .name = "negative",
    .signature = "negative(x), -x",
    .summary = "x with the other sign.",
    .formula = "-x",
    .gradient = "-c",
    .samples = [] { return unary_samples(negative); },
    .rejections =
        [] {
          return std::vector<Rejection>{{"unsigned input", [] { negative(input({3}, {}, DType::uint8)); },
                                         "negative: expected one of float32, float64, int32, int64, but got uint8"}};
        },
}};

}  // namespace xgrad
