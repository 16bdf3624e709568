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
#include <limits>

namespace xgrad {
namespace {

constexpr auto where_from = "scaled_dot_product_attention";
constexpr double infinity = std::numeric_limits<double>::infinity();

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
  if (options.mask && is_floating(options.mask->dtype())) result = not_equal(*options.mask, -infinity);
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
  const auto weights = softmax_of_visible(where(*visible, scores, number_like(where_from, -infinity, scores)));
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
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents query, Extents key, Extents value,
                               std::vector<Array> mask = {}, bool causal = false, std::optional<double> scale = {}) {
            std::vector<Array> inputs{sample_values(query), sample_values(key, -2, 2, 1),
                                      sample_values(value, -2, 2, 2)};
            inputs.insert(inputs.end(), mask.begin(), mask.end());
            std::map<std::string, std::vector<double>> arguments{{"causal", {causal ? 1.0 : 0.0}}};
            if (scale) arguments["scale"] = {*scale};
            samples.push_back({std::move(label), std::move(inputs),
                               [=](auto x) {
                                 AttentionOptions options{.causal = causal, .scale = scale};
                                 if (x.size() > 3) options.mask = x[3];
                                 return scaled_dot_product_attention(x[0], x[1], x[2], options);
                               },
                               std::move(arguments)});
          };
          const Array seen = xt::xarray<bool>{{true, false, true}, {false, false, false}};
          add("matrices", {2, 3}, {4, 3}, {4, 2});
          add("batch", {2, 2, 2}, {2, 3, 2}, {2, 3, 1});
          add("heads", {2, 2, 1, 2}, {2, 2, 2, 2}, {2, 2, 2, 1});
          add("heads that share keys", {2, 2, 1, 2}, {2, 1, 2, 2}, {2, 1, 2, 1});
          add("samples that share keys", {2, 2, 2}, {3, 2}, {3, 1});
          add("samples that share queries", {1, 2}, {2, 2, 2}, {2, 2, 1});
          add("causal", {2, 3, 2}, {2, 3, 2}, {2, 3, 1}, {}, true);
          add("causal, fewer queries than keys", {2, 2}, {3, 2}, {3, 2}, {}, true);
          add("scale 2", {3, 2}, {2, 2}, {2, 2}, {}, false, 2);
          add("mask, and a query that sees nothing", {1, 2, 2}, {1, 3, 2}, {1, 3, 2}, {seen});
          add("mask and causal", {2, 2}, {3, 2}, {3, 2}, {seen}, true);
          add("mask of numbers", {2, 2, 2}, {2, 3, 2}, {2, 3, 1}, {sample_values({1, 3}, -1, 1, 3)});
          add("one element", {1, 1}, {1, 1}, {1, 1});
          add("no queries", {0, 2}, {3, 2}, {3, 2});
          add("no samples", {0, 2, 2}, {0, 3, 2}, {0, 3, 1});
          return samples;
        },
    .rejections =
        [] {
          const auto of = [](Shape shape, DType dtype = DType::float32) { return input(std::move(shape), {}, dtype); };
          const auto rejection = [](std::string label, Tensor query, Tensor key, Tensor value, AttentionOptions options,
                                    std::string message) {
            return Rejection{std::move(label), [=] { scaled_dot_product_attention(query, key, value, options); },
                             "scaled_dot_product_attention: " + message};
          };
          const auto x = of({batch, 4, 8});
          return std::vector<Rejection>{
              rejection("other features", x, of({batch, 4, 6}), x, {},
                        "expected query (..., queries, features), key (..., keys, features) and value (..., keys, "
                        "width) with "
                        "leading axes that broadcast, but got (batch, 4, 8), (batch, 4, 6) and (batch, 4, 8)"),
              rejection("other leading axes", x, of({2, 4, 8}), of({2, 4, 8}), {},
                        "shapes (batch,) and (2,) do not broadcast: axis -1 is batch on the left and 2 on the right"),
              rejection("fewer values than keys", x, x, of({batch, 3, 8}), {},
                        "expected query (..., queries, features)"),
              rejection("a vector", of({3}), of({3}), of({3}), {}, "expected query (..., queries, features)"),
              rejection("integers", of({2, 3}, DType::int32), of({2, 3}), of({2, 3}), {},
                        "expected float32 or float64, but got int32"),
              rejection("mixed dtypes", of({2, 3}), of({2, 3}), of({2, 3}, DType::float64), {},
                        "expected query, key and value of one dtype, but got float32 and float64"),
              rejection("a mask that does not fit", x, x, x, {.mask = of({3, 4}, DType::boolean)},
                        "expected a mask that broadcasts to the scores (batch, 4, 4), but got (3, 4)"),
              rejection("a mask of integers", x, x, x, {.mask = of({4, 4}, DType::int32)},
                        "expected a mask of bool or float32, but got int32"),
              rejection("causal with a symbol", of({batch, 3}), of({5, 3}), of({5, 3}), {.causal = true},
                        "expected numbers of queries and keys that are known for .causal, but got batch and 5"),
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({1}, {1, 1}), special_array({1, NAN}, {2, 1}), special_array({2, NAN}, {2, 1}),
                          special_array({1, 0}, {1, 2}).cast(DType::boolean)},
               .value = {2},
               .gradient = {0},
               .build = [](auto x) { return scaled_dot_product_attention(x[0], x[1], x[2], {.mask = x[3]}); }},
              {.inputs = {special_array({1}, {1, 1}), special_array({1, 2}, {2, 1}), special_array({2, 3}, {2, 1}),
                          special_array({0, 0}, {1, 2}).cast(DType::boolean)},
               .value = {0},
               .gradient = {0},
               .build = [](auto x) { return scaled_dot_product_attention(x[0], x[1], x[2], {.mask = x[3]}); }}};
        },
}};

}  // namespace xgrad
