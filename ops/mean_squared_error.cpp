#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/loss_samples.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

#include <cmath>

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
    .samples = [] { return loss_samples(mean_squared_error); },
    .rejections = [] { return loss_rejections("mean_squared_error", mean_squared_error); },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
              {.inputs = {special_array({0}), special_array({INFINITY})}, .value = {INFINITY}, .gradient = {INFINITY}},
              {.inputs = {special_array({0}), special_array({1e30})},
               .value = {1.0000000000000001e+60},
               .gradient = {2e+30}}};
        },
}};

}  // namespace xgrad
