#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/scaled_dot_product_attention.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_scaled_dot_product_attention{
    "scaled_dot_product_attention",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents query, Extents key, Extents value,
                                   std::vector<Array> mask = {}, bool causal = false,
                                   std::optional<double> scale = {}) {
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
              const auto of = [](Shape shape, DType dtype = DType::float32) {
                return input(std::move(shape), {}, dtype);
              };
              const auto rejection = [](std::string label, Tensor query, Tensor key, Tensor value,
                                        AttentionOptions options, std::string message) {
                return Rejection{std::move(label), [=] { scaled_dot_product_attention(query, key, value, options); },
                                 "scaled_dot_product_attention: " + message};
              };
              const auto x = of({batch, 4, 8});
              return std::vector<Rejection>{
                  rejection("other features", x, of({batch, 4, 6}), x, {},
                            "expected query (..., queries, features), key (..., keys, features) and value (..., keys, "
                            "width) with "
                            "leading axes that broadcast, but got (batch, 4, 8), (batch, 4, 6) and (batch, 4, 8)"),
                  rejection(
                      "other leading axes", x, of({2, 4, 8}), of({2, 4, 8}), {},
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
                  {.inputs = {special_array({1}, {1, 1}), special_array({1, NAN}, {2, 1}),
                              special_array({2, NAN}, {2, 1}), special_array({1, 0}, {1, 2}).cast(DType::boolean)},
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
