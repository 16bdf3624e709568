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

#include <cmath>

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
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, auto build) {
            samples.push_back(
                {std::move(label), {sample_values(shape, 0, 1), sample_values(shape, 0.1, 0.9, 1)}, std::move(build)});
          };
          const auto plain = [](auto x) { return binary_crossentropy(x[0], x[1]); };
          const auto logits = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); };
          add("probabilities", {3, 4}, plain);
          add("from logits", {3, 4}, logits);
          add("of sigmoid", {3, 4}, [](auto x) { return binary_crossentropy(x[0], sigmoid(x[1])); });
          add("label smoothing", {3, 4},
              [](auto x) { return binary_crossentropy(x[0], x[1], {.label_smoothing = 0.3}); });
          samples.back().arguments = {{"label_smoothing", {0.3}}};
          add("one element", {1}, plain);
          add("no samples", {0, 1}, plain);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"shapes that differ",
               [] {
                 binary_crossentropy(input({batch}), input({batch, 1}));
               },
               "binary_crossentropy: target shape (batch,) and prediction shape (batch, 1) differ"},
              {"an integer target",
               [] {
                 binary_crossentropy(input({3, 1}, {}, DType::int32), input({3, 1}));
               },
               "binary_crossentropy: target dtype int32 and prediction dtype float32 differ; cast the target"},
              {"too much smoothing", [] { binary_crossentropy(input({3}), input({3}), {.label_smoothing = 1.5}); },
               "binary_crossentropy: expected a label_smoothing from 0 to 1, but got 1.5"},
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({1}), special_array({0})}, .value = {16.11809565095832}, .gradient = {0}},
              {.inputs = {special_array({0}), special_array({1})}, .value = {16.11809565095832}, .gradient = {0}},
              {.inputs = {special_array({0}), special_array({-INFINITY})},
               .value = {0},
               .gradient = {0},
               .arguments = "{.from_logits = true}",
               .build = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); }},
              {.inputs = {special_array({1}), special_array({INFINITY})},
               .value = {0},
               .gradient = {0},
               .arguments = "{.from_logits = true}",
               .build = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); }},
              {.inputs = {special_array({0}), special_array({INFINITY})},
               .value = {INFINITY},
               .gradient = {1},
               .arguments = "{.from_logits = true}",
               .build = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); }},
              {.inputs = {special_array({1}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
        },
}};

}  // namespace xgrad
