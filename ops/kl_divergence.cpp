#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/kl_divergence.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/where.hpp>

namespace xgrad {
namespace {

Tensor log_probabilities(const Tensor& prediction) {
  const auto softmax = softmax_of(prediction);
  if (softmax && softmax->axis + 1 == prediction.rank()) return log_softmax(softmax->logits);
  return log(clip_probability(prediction));
}

}  // namespace

Tensor kl_divergence(const Tensor& target, const Tensor& prediction) {
  expect_alike("kl_divergence", target, prediction);
  const auto counts = logical_not(less_equal(target, 0));  // also where it is not a number
  const auto logarithm = log(where(counts, target, ones_like(target)));
  const auto terms = target * (logarithm - log_probabilities(prediction));
  return sum(where(counts, terms, zeros_like(terms)), -1);
}

static const Register registered_kl_divergence{{
    .name = "kl_divergence",
    .family = OperatorFamily::loss,
    .signature = "kl_divergence(target, prediction)",
    .summary = "Kullback and Leibler's divergence of a prediction from a distribution, for each sample.",
    .formula =
        "sum(target * log(target / prediction)), 0 for classes of target 0, with prediction within [1e-7, 1 - 1e-7]",
    .gradient =
        "-c * target / prediction for prediction, c * (log(target / prediction) + 1) for target; 0 for classes of "
        "target 0",
    .shapes = "target and prediction (..., classes): (...)",
}};

}  // namespace xgrad
