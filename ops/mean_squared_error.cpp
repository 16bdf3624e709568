#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Tensor mean_squared_error(const Tensor& target, const Tensor& prediction) {
  expect_alike("mean_squared_error", target, prediction);
  return mean(square(prediction - target), -1);
}

static const Register registered_mean_squared_error{{
    .name = "mean_squared_error",
    .family = OperatorFamily::loss,
    .signature = "mean_squared_error(target, prediction)",
    .summary = "Mean of squared differences over the last axis, for each sample.",
    .formula = "mean((prediction - target)^2)",
    .gradient = "2 * c * (prediction - target) / size of the last axis for prediction, its negative for target",
    .shapes = "target and prediction (..., n): (...)",
}};

}  // namespace xgrad
