#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementary/logistic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/binary_crossentropy.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {
namespace {

/// sigmoid(x) - t, the derivative of the loss of an element by its logit x, from the smaller of sigmoid(x) and
/// 1 - sigmoid(x): exact where either is tiny.
Tensor slope_of_logits(const Tensor& target, const Tensor& logits) {
  static const auto op = elementwise<2, FloatingTypes>(
      "binary_crossentropy_slope",
      [](const auto& t, const auto& x) {
        return xt::where(x > number(x, 0), (number(x, 1) - t) - elementary::sigmoid(-xt::abs(x)),
                         elementary::sigmoid(-xt::abs(x)) - t);
      },
      {
          .vjp = {[](const Vjp& at) { return -at.cotangent(); },
                  [](const Vjp& at) { return at.cotangent() * sigmoid(at.input(1)) * sigmoid(-at.input(1)); }},
          .cost = 10,
      });
  return apply(op, {target, logits});
}

/// Of each element: -log(sigmoid(x)) * t - log(1 - sigmoid(x)) * (1 - t), each logarithm the larger part of it and the
/// common rest. A part whose share is 0 is none, also of an infinite logit.
Tensor from_logits(const Tensor& target, const Tensor& logits) {
  static const auto op = elementwise<2, FloatingTypes>(
      "binary_crossentropy_of_logits",
      [](const auto& t, const auto& x) {
        return xt::where(x > number(x, 0), xt::where(xt::equal(t, number(x, 1)), number(x, 0), x * (number(x, 1) - t)),
                         xt::where(xt::equal(t, number(x, 0)), number(x, 0), -(x * t))) +
               elementary::log1p(elementary::exp(-xt::abs(x)));
      },
      {
          .vjp = {[](const Vjp& at) { return -multiply_nonzeros(at.cotangent(), at.input(1)); },
                  [](const Vjp& at) {
                    return multiply_nonzeros(at.cotangent(), slope_of_logits(at.input(0), at.input(1)));
                  }},
          .cost = 20,
      });
  return apply(op, {target, logits});
}

/// A probability and its complement are kept away from 0 one by one: 1 - 1e-7 is further from 1 in float32.
Tensor from_probabilities(const Tensor& target, const Tensor& prediction) {
  return -(target * log(clip_probability(prediction)) + (1 - target) * log(clip_probability(1 - prediction)));
}

}  // namespace

Tensor binary_crossentropy(const Tensor& target, const Tensor& prediction) {
  return binary_crossentropy(target, prediction, {});
}

Tensor binary_crossentropy(const Tensor& target, const Tensor& prediction, const CrossentropyOptions& options) {
  expect_alike("binary_crossentropy", target, prediction);
  const double smoothing = expect_smoothing("binary_crossentropy", options);
  const auto smoothed = smoothing == 0 ? target : target * (1 - smoothing) + smoothing / 2;
  if (options.from_logits) return mean(from_logits(smoothed, prediction), -1);
  if (const auto logits = sigmoid_argument(prediction)) return mean(from_logits(smoothed, *logits), -1);
  return mean(from_probabilities(smoothed, prediction), -1);
}

static const Register registered_binary_crossentropy{{
    .name = "binary_crossentropy",
    .family = OperatorFamily::loss,
    .signature = "binary_crossentropy(target, prediction, {.from_logits = false, .label_smoothing = 0})",
    .summary = "Crossentropy of probabilities that something holds, for each sample the mean over the last axis.",
    .formula = "mean(-(target * log(p) + (1 - target) * log(q))), p = prediction and q = 1 - prediction within [1e-7, "
               "1 - 1e-7]; from logits exact at both ends: a logarithm whose share is 0 adds 0, also if it is infinite",
    .gradient = "from logits: c * (sigmoid(prediction) - target) / size of the last axis for prediction",
    .shapes = "target and prediction (..., n): (...)",
}};

}  // namespace xgrad
