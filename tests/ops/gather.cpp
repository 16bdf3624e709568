#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/gather.hpp>

#include "along_axis_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_gather{
    "gather",
    {
        .samples =
            [] {
              auto samples = along_axis_samples(gather);
              samples.push_back({"more indices than elements",
                                 {sample_values({4}), xt::xarray<int>{3, 0, 3, 1, 1}},
                                 [](auto x) { return gather(x[0], 0, x[1]); },
                                 {{"axis", {0}}}});
              return samples;
            },
        .rejections =
            [] {
              const auto indices = [](Shape shape) { return input(std::move(shape), {}, DType::int32); };
              return std::vector<Rejection>{
                  {"indices that are no integers", [] { gather(input({3}), 0, input({2})); },
                   "gather: expected integer indices, but got float32"},
                  {"indices of another rank",
                   [=] {
                     gather(input({2, 3}), 1, indices({2}));
                   },
                   "gather: expected indices with the axes of x (2, 3) and, except along axis 1, at most its sizes, "
                   "but "
                   "got (2,)"},
                  {"indices larger than x",
                   [=] {
                     gather(input({2, 3}), 1, indices({3, 3}));
                   },
                   "gather: expected indices with the axes of x (2, 3)"},
                  {"an axis that does not exist", [=] { gather(input({3}), 1, indices({3})); }, "gather: axis 1"},
              };
            },
    }};

static const RegisterSamples samples_of_take_along_axis{
    "take_along_axis",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, Array indices, std::int64_t axis) {
                samples.push_back({std::move(label),
                                   {sample_values(x), std::move(indices)},
                                   [=](auto x) { return take_along_axis(x[0], x[1], axis); },
                                   {{"axis", {static_cast<double>(axis)}}}});
              };
              add("axis 0", {3, 2}, xt::xarray<std::int64_t>{{2, 0}, {0, 0}}, 0);
              add("axis 1", {2, 4}, Array(xt::xarray<int>{-1, 2}).reshaped({2, 1}), 1);
              add("indices repeated", {2, 4}, Array(xt::xarray<int>{3, 0, 1}).reshaped({1, 3}), 1);
              add("x repeated", {1, 4}, xt::xarray<int>{{3, 0}, {1, 1}}, -1);
              add("one element", {1}, xt::xarray<int>{0}, 0);
              add("no indices", {2, 3}, Array(DType::int32, {2, 0}), 1);
              return samples;
            },
        .rejections =
            [] {
              const auto indices = [](Shape shape) { return input(std::move(shape), {}, DType::int32); };
              return std::vector<Rejection>{
                  {"indices of another rank",
                   [=] {
                     take_along_axis(input({2, 3}), indices({2}), 1);
                   },
                   "take_along_axis: expected indices with as many axes as x (2, 3), but got (2,)"},
                  {"indices that do not broadcast",
                   [=] {
                     take_along_axis(input({2, 3}), indices({3, 3}), 1);
                   },
                   "take_along_axis: shapes (2, 1) and (3, 1) do not broadcast"},
              };
            },
    }};

}  // namespace xgrad
