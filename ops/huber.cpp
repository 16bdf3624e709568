#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/hard_tanh.hpp>
#include <xgrad/ops/huber.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_absolute_error.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/subtract.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// Huber's loss of each difference. The clipped difference is its derivative, and no square overflows.
Tensor of_differences(const Tensor& target, const Tensor& prediction, double delta) {
  const auto difference = prediction - target;
  const auto clipped = hard_tanh(difference, -delta, delta);
  return clipped * (difference - 0.5 * clipped);
}

}  // namespace

Tensor huber(const Tensor& target, const Tensor& prediction) { return huber(target, prediction, {}); }

Tensor huber(const Tensor& target, const Tensor& prediction, const HuberOptions& options) {
  expect_alike("huber", target, prediction);
  if (!(options.delta > 0)) {
    throw ValueError(fmt::format("huber: expected a delta above 0, but got {}", options.delta));
  }
  return mean(of_differences(target, prediction, options.delta), -1);
}

Tensor smooth_l1(const Tensor& target, const Tensor& prediction) { return smooth_l1(target, prediction, {}); }

Tensor smooth_l1(const Tensor& target, const Tensor& prediction, const SmoothL1Options& options) {
  expect_alike("smooth_l1", target, prediction);
  if (!(options.beta >= 0)) {
    throw ValueError(fmt::format("smooth_l1: expected a beta of 0 or more, but got {}", options.beta));
  }
  if (options.beta == 0) return mean_absolute_error(target, prediction);
  return mean(of_differences(target, prediction, options.beta) / options.beta, -1);
}

static const Register registered_huber{{
    .name = "huber",
    .family = OperatorFamily::loss,
    .signature = "huber(target, prediction, {.delta = 1})",
    .summary = "Squares of small differences and absolute values of large ones, for each sample the mean.",
    .formula = "mean(d^2 / 2 where |d| <= delta, else delta * (|d| - delta / 2)) with d = prediction - target",
    .gradient = "c * min(max(d, -delta), delta) / size of the last axis for prediction, its negative for target",
    .shapes = "target and prediction (..., n): (...)",
}};

static const Register registered_smooth_l1{{
    .name = "smooth_l1",
    .family = OperatorFamily::loss,
    .signature = "smooth_l1(target, prediction, {.beta = 1})",
    .summary = "Absolute differences with a rounded kink, for each sample the mean.",
    .formula = "mean(d^2 / (2 * beta) where |d| <= beta, else |d| - beta / 2) with d = prediction - target",
    .gradient = "c * min(max(d / beta, -1), 1) / size of the last axis for prediction, its negative for target",
    .shapes = "target and prediction (..., n): (...)",
}};

}  // namespace xgrad
