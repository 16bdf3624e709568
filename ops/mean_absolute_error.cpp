#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_absolute_error.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Tensor mean_absolute_error(const Tensor& target, const Tensor& prediction) {
  expect_alike("mean_absolute_error", target, prediction);
  return mean(abs(prediction - target), -1);
}

static const Register registered_mean_absolute_error{{
    .name = "mean_absolute_error",
    .family = OperatorFamily::loss,
    .signature = "mean_absolute_error(target, prediction)",
    .summary = "Mean of absolute differences over the last axis, for each sample.",
    .formula = "mean(|prediction - target|)",
    .gradient = "c * sign(prediction - target) / size of the last axis for prediction, its negative for target",
    .shapes = "target and prediction (..., n): (...)",
}};

}  // namespace xgrad
