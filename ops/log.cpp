#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/softplus.hpp>

namespace xgrad {

namespace {

/// The logarithm of what is computed from logits, computed from them as well: it neither overflows nor underflows.
std::optional<Tensor> log_from_logits(const Tensor& x) {
  if (const auto softmax = softmax_of(x)) return log_softmax(softmax->logits, static_cast<int>(softmax->axis));
  if (const auto logits = sigmoid_argument(x)) return -softplus(-*logits);
  return std::nullopt;
}

}  // namespace

Tensor log(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("log", elementary::log,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() / at.input(); }},
                                        .cost = 5,
                                        .simplify = [](auto inputs) { return log_from_logits(inputs[0]); },
                                    });
  const auto from_logits = log_from_logits(x);
  return from_logits ? *from_logits : apply(op, {x});
}

static const Register registered_log{{
    .name = "log",
    .family = OperatorFamily::unary,
    .signature = "log(x)",
    .summary = "Natural logarithm; computed from the logits when x is a softmax or a sigmoid.",
    .formula = "log(x)",
    .gradient = "c / x",
}};

}  // namespace xgrad
