#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/relu.hpp>

namespace xgrad {
namespace {

/// cotangent where relu's input, and so its output, is positive, else that output: 0, or NaN. One formula over floats:
/// comparing into booleans and multiplying by them would be ten times slower.
Tensor relu_gradient(const Tensor& output, const Tensor& cotangent) {
  static const auto op = elementwise<2, FloatingTypes>(
      "relu_gradient", [](const auto& y, const auto& c) { return xt::where(y > number(y, 0), c, y); },
      {.vjp = {[](const Vjp&) { return std::nullopt; },
               [](const Vjp& at) { return relu_gradient(at.input(0), at.cotangent()); }}});
  return apply(op, {output, cotangent});
}

const std::shared_ptr<const Op>& relu_op() {
  static const std::shared_ptr<const Op> op = elementwise<1, FloatingTypes>(
      "relu",
      // Written so that what is not a number stays visible.
      [](const auto& x) { return xt::where(x < number(x, 0), number(x, 0), x); },
      {.vjp = {[](const Vjp& at) { return relu_gradient(at.output(), at.cotangent()); }}});
  return op;
}

}  // namespace

Tensor relu(const Tensor& x) { return apply(relu_op(), {x}); }

std::optional<Tensor> relu_of(const Tensor& tensor) {
  if (tensor.node().shared_op() != relu_op()) return std::nullopt;
  return tensor.node().inputs()[0];
}

static const Register registered_relu{{
    .name = "relu",
    .family = OperatorFamily::activation,
    .signature = "relu(x)",
    .summary = "Rectifier: the positive part.",
    .formula = "max(x, 0)",
    .gradient = "c where x > 0, else 0",
}};

}  // namespace xgrad
