#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <optional>

namespace xgrad {

/// e^x / sum(e^x) along the last axis, or `axis`: probabilities from logits. Computed from x - max(x), so that no logit
/// overflows. Floating point, at least one axis.
Tensor softmax(const Tensor& x);
Tensor softmax(const Tensor& x, std::int64_t axis);

/// log(softmax(x)) along the last axis, or `axis`, computed as x - max(x) - log(sum(e^(x - max(x)))): finite for all
/// finite logits.
Tensor log_softmax(const Tensor& x);
Tensor log_softmax(const Tensor& x, std::int64_t axis);

/// softmax(-x) along the last axis, or `axis`: the smallest element gets the largest probability.
Tensor softmin(const Tensor& x);
Tensor softmin(const Tensor& x, std::int64_t axis);

/// `softmax` along the last axis, in which a row of nothing but -infinity has zeros: weights of what can be hidden.
Tensor softmax_of_visible(const Tensor& x);

/// What a tensor is a softmax of.
struct SoftmaxOf {
  Tensor logits;
  std::size_t axis;
};

/// The logits and the axis when `tensor` was made by `softmax`: for what is computed more stably from logits.
std::optional<SoftmaxOf> softmax_of(const Tensor& tensor);

}  // namespace xgrad
