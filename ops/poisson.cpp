#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/poisson.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/xlogy.hpp>

namespace xgrad {
namespace {

Tensor of_counts(const Tensor& target, const Tensor& prediction, double epsilon) {
  return mean(prediction - xlogy(target, prediction + epsilon), -1);
}

}  // namespace

Tensor poisson(const Tensor& target, const Tensor& prediction) {
  expect_alike("poisson", target, prediction);
  return of_counts(target, prediction, 1e-7);
}

Tensor poisson_nll(const Tensor& target, const Tensor& prediction) { return poisson_nll(target, prediction, {}); }

Tensor poisson_nll(const Tensor& target, const Tensor& prediction, const PoissonNllOptions& options) {
  expect_alike("poisson_nll", target, prediction);
  if (!options.log_input) return of_counts(target, prediction, options.epsilon);
  return mean(exp(prediction) - multiply_no_nan(prediction, target), -1);
}

static const Register registered_poisson{{
    .name = "poisson",
    .family = OperatorFamily::loss,
    .signature = "poisson(target, prediction)",
    .summary = "Negative log-likelihood of counts from their expected values, for each sample the mean.",
    .formula = "mean(prediction - target * log(prediction + 1e-7)), whose product is 0 for a target of 0",
    .gradient = "c * (1 - target / (prediction + 1e-7)) / size of the last axis for prediction",
    .shapes = "target and prediction (..., n): (...)",
}};

static const Register registered_poisson_nll{{
    .name = "poisson_nll",
    .family = OperatorFamily::loss,
    .signature = "poisson_nll(target, prediction, {.log_input = true, .epsilon = 1e-8})",
    .summary = "Negative log-likelihood of counts from logarithms of their expected values, for each sample the mean.",
    .formula = "mean(e^prediction - target * prediction), whose product is 0 for a target of 0",
    .gradient = "c * (e^prediction - target) / size of the last axis for prediction",
    .shapes = "target and prediction (..., n): (...)",
}};

}  // namespace xgrad
