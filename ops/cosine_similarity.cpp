#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/cosine_similarity.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/where.hpp>

namespace xgrad {
namespace {

/// Vectors of length 1 in the direction of x, zero where x is. No gradient has to flow through the scale, because the
/// result is the same for every scale.
Tensor directions(const Tensor& x) {
  const auto largest = stop_gradient(max(abs(x), -1, true));
  const auto scaled = x / where(greater(largest, 0), largest, ones_like(largest));
  const auto squares = sum(square(scaled), -1, true);  // 1 or more, or 0
  return scaled / sqrt(maximum(squares, 0.5));
}

}  // namespace

Tensor cosine_similarity(const Tensor& target, const Tensor& prediction) {
  expect_alike("cosine_similarity", target, prediction);
  return -sum(directions(target) * directions(prediction), -1);
}

static const Register registered_cosine_similarity{{
    .name = "cosine_similarity",
    .family = OperatorFamily::loss,
    .signature = "cosine_similarity(target, prediction)",
    .summary = "Negative cosine of the angle between target and prediction, for each sample.",
    .formula = "-sum(target * prediction) / (|target| * |prediction|)",
    .gradient = "-c * (t - p * sum(t * p)) / |prediction| for prediction, with t and p scaled to length 1",
    .shapes = "target and prediction (..., n): (...)",
}};

}  // namespace xgrad
