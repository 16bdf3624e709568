#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/loss_samples.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_absolute_error.hpp>
#include <xgrad/ops/subtract.hpp>

#include <cmath>

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
    .samples = [] { return loss_samples(mean_absolute_error); },
    .rejections = [] { return loss_rejections("mean_absolute_error", mean_absolute_error); },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
              {.inputs = {special_array({0}), special_array({INFINITY})}, .value = {INFINITY}, .gradient = {1}},
              {.inputs = {special_array({0}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
        },
}};

}  // namespace xgrad
