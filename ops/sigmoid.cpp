#include <xgrad/framework/core/elementary/logistic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {
namespace {

const std::shared_ptr<const Formula>& sigmoid_op() {
  static const auto op = elementwise<1, FloatingTypes>(
      "sigmoid", elementary::sigmoid,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * at.output() * (1 - at.output()); }},
          .cost = 6,
      });
  return op;
}

}  // namespace

Tensor sigmoid(const Tensor& x) { return apply(sigmoid_op(), {x}); }

std::optional<Tensor> sigmoid_argument(const Tensor& tensor) {
  if (tensor.node().shared_op() != sigmoid_op()) return std::nullopt;
  return tensor.node().inputs()[0];
}

static const Register registered_sigmoid{{
    .name = "sigmoid",
    .family = OperatorFamily::activation,
    .signature = "sigmoid(x)",
    .summary = "Logistic function: a probability from a logit.",
    .formula = "1 / (1 + e^-x)",
    .gradient = "c * sigmoid(x) * (1 - sigmoid(x))",
}};

}  // namespace xgrad
