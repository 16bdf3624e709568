#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/gaussian_nll.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor gaussian_nll(const Tensor& target, const Tensor& prediction, const Tensor& variance,
                    const GaussianNllOptions& options) {
  expect_alike("gaussian_nll", target, prediction);
  if (!broadcasts_to(variance.shape(), prediction.shape())) {
    throw ShapeError(
        fmt::format("gaussian_nll: expected a variance that broadcasts to the prediction's shape {}, but "
                    "got shape {}; give one variance for each value or (..., 1)",
                    prediction.shape().to_string(), variance.shape().to_string()));
  }
  if (variance.dtype() != prediction.dtype()) {
    throw DTypeError(fmt::format("gaussian_nll: variance dtype {} and prediction dtype {} differ; cast the variance",
                                 to_string(variance.dtype()), to_string(prediction.dtype())));
  }
  if (!(options.epsilon > 0)) {
    throw ValueError(fmt::format("gaussian_nll: expected an epsilon above 0, but got {}", options.epsilon));
  }
  const auto v = maximum(variance, options.epsilon);
  const auto loss = mean(0.5 * (log(v) + square(target - prediction) / v), -1);
  constexpr double half_log_two_pi = 0.91893853320467274178;
  return options.full ? loss + half_log_two_pi : loss;
}

static const Register registered_gaussian_nll{{
    .name = "gaussian_nll",
    .family = OperatorFamily::loss,
    .signature = "gaussian_nll(target, prediction, variance, {.full = false, .epsilon = 1e-6})",
    .summary = "Negative log-likelihood of normal distributions with predicted variances, for each sample the mean.",
    .formula = "mean((log(v) + (target - prediction)^2 / v) / 2) with v = max(variance, epsilon)",
    .gradient = "c * (prediction - target) / (n * v) for prediction, c * (1 - (target - prediction)^2 / v) / (2 * n * "
                "v) for variance",
    .shapes = "target and prediction (..., n), variance that broadcasts to them: (...)",
}};

}  // namespace xgrad
