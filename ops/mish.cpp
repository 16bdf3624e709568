#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/mish.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/softplus.hpp>
#include <xgrad/ops/tanh.hpp>

namespace xgrad {

Tensor mish(const Tensor& x) {
  expect_floating("mish", x.dtype());
  return x * tanh(softplus(x));
}

static const Register registered_mish{{
    .name = "mish",
    .family = OperatorFamily::activation,
    .signature = "mish(x)",
    .summary = "x times the hyperbolic tangent of its softplus.",
    .formula = "x * tanh(log(1 + e^x))",
    .gradient = "c * (t + x * sigmoid(x) * (1 - t^2)) with t = tanh(softplus(x))",
    .samples = [] { return unary_samples(mish); },
    .rejections =
        [] {
          return std::vector<Rejection>{{"integer input", [] { mish(input({3}, {}, DType::int32)); },
                                         "mish: expected float32 or float64, but got int32"}};
        },
    .points = {{{0}, 0, 0.6}, {{1000}, 1000, 1}, {{-1000}, 0, 0}},
}};

}  // namespace xgrad
