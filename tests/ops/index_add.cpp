#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/index_add.hpp>
#include <xgrad/ops/take.hpp>

#include <string>
#include <vector>

namespace xgrad {

static const RegisterSamples samples_of_index_add{
    "index_add",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, Array indices, Extents values, std::int64_t axis) {
                samples.push_back({std::move(label),
                                   {sample_values(x), std::move(indices), sample_values(values, -2, 2, 1)},
                                   [=](auto x) { return index_add(x[0], x[1], x[2], axis); },
                                   {{"axis", {static_cast<double>(axis)}}}});
              };
              add("rows, one of them twice", {4, 3}, xt::xarray<std::int64_t>{2, 0, 2}, {3, 3}, 0);
              add("columns from the end", {2, 4}, xt::xarray<int>{-1, 0, -4}, {2, 3}, 1);
              add("the axis in the middle", {2, 3, 2}, xt::xarray<std::uint8_t>{1, 1}, {2, 2, 2}, -2);
              add("a matrix of indices", {3, 2}, xt::xarray<int>{{0, 1}, {2, 0}}, {2, 2, 2}, 0);
              add("a scalar index", {3, 2}, 1, {2}, 0);
              add("one element", {1}, xt::xarray<int>{0}, {1}, 0);
              add("no indices", {3, 2}, Array(DType::int32, {0}), {0, 2}, 0);
              add("rows without elements", {3, 0}, xt::xarray<int>{1}, {1, 0}, 0);
              return samples;
            },
        .rejections =
            [] {
              const auto indices = [] { return input({2}, {}, DType::int32); };
              return std::vector<Rejection>{
                  {"indices that are no integers", [] { index_add(input({3}), input({2}), input({2})); },
                   "index_add: expected integer indices, but got float32"},
                  {"values of another shape",
                   [=] {
                     index_add(input({3, 4}), indices(), input({4}));
                   },
                   "index_add: expected values of shape (2, 4), that of take(x, indices, 0), but got (4,)"},
                  {"values of another dtype", [=] { index_add(input({3}), indices(), input({2}, {}, DType::float64)); },
                   "index_add: expected values of float32, the dtype of x, but got float64"},
                  {"an axis that is not there", [=] { index_add(input({3}), indices(), input({2}), 2); },
                   "index_add: axis 2"},
              };
            },
    }};

}  // namespace xgrad
