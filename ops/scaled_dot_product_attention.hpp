#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// Options of `scaled_dot_product_attention`.
struct AttentionOptions {
  /// Broadcast to (..., queries, keys): true where a query may see a key; or numbers, which are added to the scores and
  /// hide a key where they are -infinity.
  std::optional<Tensor> mask = {};
  bool causal = false;               ///< a query sees no key of a higher index than its own
  std::optional<double> scale = {};  ///< of the scores; 1 / sqrt(features) when it is not given
};

/// For each query the mean of the values, weighted by how well their keys fit:
///     softmax(query key^T * scale) value
/// query is (..., queries, features), key (..., keys, features) and value (..., keys, width), with leading axes
/// that broadcast and one floating-point dtype; the result is (..., queries, width). A query that may see no key gives
/// zeros, as in PyTorch. What is hidden reaches neither results nor gradients, infinities and NaN included. Throws
/// ShapeError when the shapes do not fit, and for `causal` with a symbol as the number of queries or keys; DTypeError
/// for a mask of another dtype. Source: Vaswani et al., "Attention Is All You Need", 2017.
Tensor scaled_dot_product_attention(const Tensor& query, const Tensor& key, const Tensor& value,
                                    const AttentionOptions& options = {});

}  // namespace xgrad
