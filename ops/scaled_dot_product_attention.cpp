#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/scaled_dot_product_attention.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/transpose.hpp>
#include <xgrad/ops/tril.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xgrad {
namespace {

constexpr auto where_from = "scaled_dot_product_attention";

void check(const Tensor& query, const Tensor& key, const Tensor& value) {
  for (const auto* tensor : {&query, &key, &value}) {
    expect_floating(where_from, tensor->dtype());
    if (tensor->dtype() == query.dtype()) continue;
    throw DTypeError(fmt::format("{}: expected query, key and value of one dtype, but got {} and {}; cast one of them",
                                 where_from, to_string(query.dtype()), to_string(tensor->dtype())));
  }
  const auto from_last = [](const Tensor& tensor, std::size_t back) { return tensor.shape()[tensor.rank() - back]; };
  if (query.rank() >= 2 && key.rank() >= 2 && value.rank() >= 2 && from_last(query, 1) == from_last(key, 1) &&
      from_last(key, 2) == from_last(value, 2)) {
    const auto leading = [](const Tensor& tensor) {
      return Shape(std::vector<Dim>(tensor.shape().begin(), tensor.shape().end() - 2));
    };
    broadcast(where_from, broadcast(where_from, leading(query), leading(key)), leading(value));
    return;
  }
  throw ShapeError(
      fmt::format("{}: expected query (..., queries, features), key (..., keys, features) and value (..., keys, width) "
                  "with leading axes that broadcast, but got {}, {} and {}; reshape or transpose one of them",
                  where_from, query.shape().to_string(), key.shape().to_string(), value.shape().to_string()));
}

/// Which keys a query may see; nothing where it may see all.
std::optional<Tensor> visible_keys(const Shape& scores, const AttentionOptions& options) {
  std::optional<Tensor> result;
  if (options.mask && options.mask->dtype() == DType::boolean) result = options.mask;
  if (options.mask && is_floating(options.mask->dtype())) result = not_equal(*options.mask, -INFINITY);
  if (!options.causal) return result;
  const Dim queries = scores[scores.rank() - 2], keys = scores[scores.rank() - 1];
  if (!queries.is_known() || !keys.is_known()) {
    throw ShapeError(
        fmt::format("{}: expected numbers of queries and keys that are known for .causal, but got {} and "
                    "{}; pass a mask instead",
                    where_from, queries.to_string(), keys.to_string()));
  }
  Array all(DType::boolean, {queries.value(), keys.value()});
  std::fill(all.data<bool>().begin(), all.data<bool>().end(), true);
  const auto earlier = tril(constant(std::move(all)));
  return result ? where(*result, earlier, zeros_like(earlier)) : earlier;
}

void check_mask(const Tensor& mask, const Tensor& scores) {
  if (mask.dtype() != DType::boolean && mask.dtype() != scores.dtype()) {
    throw DTypeError(fmt::format("{}: expected a mask of bool or {}, but got {}; cast it", where_from,
                                 to_string(scores.dtype()), to_string(mask.dtype())));
  }
  if (!broadcasts_to(mask.shape(), scores.shape())) {
    throw ShapeError(
        fmt::format("{}: expected a mask that broadcasts to the scores {}, but got {}; its last axes are "
                    "queries and keys",
                    where_from, scores.shape().to_string(), mask.shape().to_string()));
  }
}

}  // namespace

Tensor scaled_dot_product_attention(const Tensor& query, const Tensor& key, const Tensor& value,
                                    const AttentionOptions& options) {
  check(query, key, value);
  const auto features = query.shape()[query.rank() - 1];
  const auto scale = [&](const Tensor& x) {
    return options.scale ? x * number_like(where_from, *options.scale, x) : x / sqrt(dim_size(features, x.dtype()));
  };
  // The scale goes to the smaller operand, before the heads were moved, so that the product may read it in place.
  const auto moved = transpose_of(query);
  const auto scaled =
      moved ? transpose(scale(moved->x), std::vector<std::int64_t>(moved->axes.begin(), moved->axes.end()))
            : scale(query);
  const auto keys = matrix_transpose(where_from, key);
  if (!options.mask && !options.causal) return matmul(softmax(matmul(scaled, keys)), value);
  // What is hidden has scores, weights and cotangents of 0 that choose: whatever is behind them takes no part.
  auto scores = matmul(scaled, keys, ZeroFactors::choose_in_gradients);
  if (options.mask) check_mask(*options.mask, scores);
  if (options.mask && options.mask->dtype() != DType::boolean) scores = scores + *options.mask;
  const auto visible = visible_keys(scores.shape(), options);
  const auto weights = softmax_of_visible(where(*visible, scores, number_like(where_from, -INFINITY, scores)));
  return matmul(weights, value, ZeroFactors::choose);
}

static const Register registered_scaled_dot_product_attention{{
    .name = "scaled_dot_product_attention",
    .family = OperatorFamily::neural,
    .signature =
        "scaled_dot_product_attention(query, key, value, {.mask, .causal = false, .scale = 1 / sqrt(features)})",
    .summary =
        "For each query the mean of the values, weighted by how well their keys fit; zeros where a query may see no "
        "key.",
    .formula =
        "p value with p = softmax(query key^T * scale), without the keys that a query may not see, whatever they hold: "
        "where the mask is false or -inf",
    .gradient = "p^T c for value; with g = p * (c value^T - sum(p * c value^T)) * scale, g key for query and g^T query "
                "for key",
    .shapes = "query (..., l, k), key (..., s, k), value (..., s, n) with leading axes that broadcast, mask that "
              "broadcasts to (..., l, s): (..., l, n)",
}};

}  // namespace xgrad
