#include <xgrad/ops/add.hpp>
#include <xgrad/ops/hinge.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/loss_samples.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <cmath>

namespace xgrad {

Tensor hinge(const Tensor& target, const Tensor& prediction) {
  expect_alike("hinge", target, prediction);
  return mean(relu(1 - target * prediction), -1);
}

Tensor squared_hinge(const Tensor& target, const Tensor& prediction) {
  expect_alike("squared_hinge", target, prediction);
  return mean(square(relu(1 - target * prediction)), -1);
}

Tensor categorical_hinge(const Tensor& target, const Tensor& prediction) {
  expect_alike("categorical_hinge", target, prediction);
  return relu(1 + max((1 - target) * prediction, -1) - sum(target * prediction, -1));
}

namespace {

OperatorEntry hinge_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                          Tensor (*function)(const Tensor&, const Tensor&)) {
  return {
      .name = name,
      .family = OperatorFamily::loss,
      .signature = name + "(target, prediction)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = "target and prediction (..., n): (...)",
      .samples = [=] { return loss_samples(function); },
      .rejections = [=] { return loss_rejections(name, function); },
  };
}

const Register registered_hinge{with_cases(
    hinge_entry("hinge", "Mean shortfall from a margin of 1, for each sample.", "mean(max(1 - target * prediction, 0))",
                "-c * target / n where target * prediction < 1, else 0, for prediction", hinge),
    [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
          {.inputs = {special_array({1}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
    })};

const Register registered_squared_hinge{
    with_cases(hinge_entry("squared_hinge", "Mean square of the shortfall from a margin of 1, for each sample.",
                           "mean(max(1 - target * prediction, 0)^2)",
                           "-2 * c * target * max(1 - target * prediction, 0) / n for prediction", squared_hinge),
               [] {
                 return std::vector<SpecialCase>{
                     {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
                     {.inputs = {special_array({1}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
               })};

const Register registered_categorical_hinge{with_cases(
    hinge_entry(
        "categorical_hinge", "Shortfall of the right class from a margin of 1 above the others, for each sample.",
        "max(1 + max((1 - target) * prediction) - sum(target * prediction), 0)",
        "where positive: c * ((1 - target) where the maximum is taken, less target) for prediction", categorical_hinge),
    [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1, 0}), special_array({1, 0})}, .value = {0}, .gradient = {0, 0}},
          {.inputs = {special_array({1, 0}), special_array({NAN, 0})}, .value = {NAN}, .gradient = {NAN, NAN}}};
    })};

}  // namespace
}  // namespace xgrad
