#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/take.hpp>

namespace xgrad {

static const RegisterSamples samples_of_take{
    "take",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, Array indices, std::int64_t axis) {
                samples.push_back({std::move(label),
                                   {sample_values(x), std::move(indices)},
                                   [=](auto x) { return take(x[0], x[1], axis); },
                                   {{"axis", {static_cast<double>(axis)}}}});
              };
              add("rows, one of them twice", {4, 3}, xt::xarray<std::int64_t>{2, 0, 2}, 0);
              add("columns from the end", {2, 4}, xt::xarray<int>{-1, 0, -4}, 1);
              add("the axis in the middle", {2, 3, 2}, xt::xarray<std::uint8_t>{1, 1}, -2);
              add("a matrix of indices", {3, 2}, xt::xarray<int>{{0, 1}, {2, 0}}, 0);
              add("a scalar index", {3, 2}, 1, 0);
              add("one element", {1}, xt::xarray<int>{0}, 0);
              add("no indices", {3, 2}, Array(DType::int32, {0}), 0);
              add("rows without elements", {3, 0}, xt::xarray<int>{1}, 0);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"indices that are no integers", [] { take(input({3}), input({2})); },
                   "take: expected integer indices, but got float32"},
                  {"an axis that is not there", [] { take(input({3}), input({2}, {}, DType::int32), 1); },
                   "take: axis 1"},
                  {"a scalar", [] { take(input({}), input({2}, {}, DType::int32)); }, "take: axis 0"},
              };
            },
    }};

static const RegisterSamples samples_of_embedding{
    "embedding",
    {
        .samples =
            [] {
              const auto sample = [](std::string label, Extents table, Array indices) {
                return Sample{std::move(label), {sample_values(table), std::move(indices)}, [](auto x) {
                                return embedding(x[0], x[1]);
                              }};
              };
              return std::vector<Sample>{
                  sample("a row twice", {4, 3}, xt::xarray<std::int64_t>{2, 0, 2}),
                  sample("a batch of sequences", {3, 2}, xt::xarray<int>{{0, 1, 1}, {2, 0, 1}}),
                  sample("a scalar index", {3, 2}, 1),
                  sample("one element", {1, 1}, xt::xarray<std::uint8_t>{0}),
                  sample("no indices", {3, 2}, Array(DType::int32, {0})),
              };
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"indices that are no integers",
                   [] {
                     embedding(input({3, 2}), input({2}));
                   },
                   "embedding: expected integer indices, but got float32"},
                  {"a table that is no matrix", [] { embedding(input({3}), input({2}, {}, DType::int32)); },
                   "embedding: expected a table of shape (rows, features), but got (3,)"},
              };
            },
    }};

}  // namespace xgrad
