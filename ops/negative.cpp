#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/negative.hpp>

namespace xgrad {

namespace {

const std::shared_ptr<const Op>& negative_op() {
  static const std::shared_ptr<const Op> op = elementwise<1, DTypes<float, double, std::int32_t, std::int64_t>>(
      "negative",
      // Not -x: for AVX-512, xsimd 8.1 subtracts from 0 and gives -0 the wrong sign.
      [](const auto& x) { return x * number(x, -1); },
      {
          .vjp = {[](const Vjp& at) { return -at.cotangent(); }},
          .simplify = [](auto inputs) { return negative_of(inputs[0]); },
      });
  return op;
}

}  // namespace

Tensor negative(const Tensor& x) { return apply(negative_op(), {x}); }

std::optional<Tensor> negative_of(const Tensor& tensor) {
  const auto& node = tensor.node();
  return node.shared_op() == negative_op() ? std::optional(node.inputs()[0]) : std::nullopt;
}

Tensor operator-(const Tensor& x) { return negative(x); }

static const Register registered_negative{{
    .name = "negative",
    .family = OperatorFamily::unary,
    .signature = "negative(x), -x",
    .summary = "x with the other sign.",
    .formula = "-x",
    .gradient = "-c",
}};

}  // namespace xgrad
