#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/hinge.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

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

const Register registered_hinge{{
    .name = "hinge",
    .family = OperatorFamily::loss,
    .signature = "hinge(target, prediction)",
    .summary = "Mean shortfall from a margin of 1, for each sample.",
    .formula = "mean(max(1 - target * prediction, 0))",
    .gradient = "-c * target / n where target * prediction < 1, else 0, for prediction",
    .shapes = "target and prediction (..., n): (...)",
}};

const Register registered_squared_hinge{{
    .name = "squared_hinge",
    .family = OperatorFamily::loss,
    .signature = "squared_hinge(target, prediction)",
    .summary = "Mean square of the shortfall from a margin of 1, for each sample.",
    .formula = "mean(max(1 - target * prediction, 0)^2)",
    .gradient = "-2 * c * target * max(1 - target * prediction, 0) / n for prediction",
    .shapes = "target and prediction (..., n): (...)",
}};

const Register registered_categorical_hinge{{
    .name = "categorical_hinge",
    .family = OperatorFamily::loss,
    .signature = "categorical_hinge(target, prediction)",
    .summary = "Shortfall of the right class from a margin of 1 above the others, for each sample.",
    .formula = "max(1 + max((1 - target) * prediction) - sum(target * prediction), 0)",
    .gradient = "where positive: c * ((1 - target) where the maximum is taken, less target) for prediction",
    .shapes = "target and prediction (..., n): (...)",
}};

}  // namespace
}  // namespace xgrad
