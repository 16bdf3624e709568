#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/triplet.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor triplet(const Tensor& anchor, const Tensor& positive, const Tensor& negative, const TripletOptions& options) {
  expect_alike("triplet, positive", positive, anchor);
  expect_alike("triplet, negative", negative, anchor);
  if (!(options.epsilon > 0)) {
    throw ValueError(fmt::format("triplet: expected an epsilon above 0, but got {}", options.epsilon));
  }
  const auto distance = [&](const Tensor& other) { return sqrt(sum(square(anchor - other + options.epsilon), -1)); };
  return relu(distance(positive) - distance(negative) + options.margin);
}

static const Register registered_triplet{{
    .name = "triplet",
    .family = OperatorFamily::loss,
    .signature = "triplet(anchor, positive, negative, {.margin = 1, .epsilon = 1e-6})",
    .summary = "How much closer the positive should be to the anchor than the negative, for each sample.",
    .formula = "max(|anchor - positive| - |anchor - negative| + margin, 0)",
    .gradient = "where positive: c * (a - p) / |a - p| - c * (a - n) / |a - n| for the anchor a",
    .shapes = "anchor, positive and negative (..., n): (...)",
}};

}  // namespace xgrad
