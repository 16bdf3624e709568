#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/merge_axes.hpp>
#include <xgrad/ops/reshape.hpp>

namespace xgrad {

static const RegisterSamples samples_of_merge_axes{
    "merge_axes",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> axes) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return merge_axes(x[0], Axes(axes)); },
                                   {{"axes", {axes.begin(), axes.end()}}}});
              };
              add("axes 0 and 2", {2, 3, 2}, {0, 2});
              add("axes 1 and -1", {2, 2, 3}, {1, -1});
              add("axis 0", {2, 3}, {0});
              add("no axes", {2, 3}, {});
              add("one element", {1, 1}, {0, 1});
              add("no elements", {0, 3}, {1});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"an axis that does not exist",
                                             [] {
                                               merge_axes(input({2, 3}), 2);
                                             },
                                             "merge_axes: axis 2 does not exist"}};
            },
    }};

static const RegisterSamples samples_of_split_axes{
    "split_axes",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents merged, std::vector<std::int64_t> axes, Extents shape) {
                samples.push_back({std::move(label),
                                   {sample_values(merged)},
                                   [=](auto x) {
                                     Shape result(shape);
                                     // The leading size of the sample can be a symbol.
                                     if (axes.size() == 1 && axes[0] == 1) result[0] = x[0].shape()[0];
                                     return split_axes(x[0], Axes(axes), result);
                                   },
                                   {{"axes", {axes.begin(), axes.end()}}, {"shape", {shape.begin(), shape.end()}}}});
              };
              add("axes 0 and 2", {3, 4}, {0, 2}, {2, 3, 2});
              add("axis 0", {3, 2}, {0}, {2, 3});
              add("axis 1", {2, 3, 2}, {1}, {2, 2, 3});
              add("one element", {1}, {0, 1}, {1, 1});
              add("no elements", {0, 3}, {1}, {0, 3});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"another shape",
                   [] {
                     split_axes(input({2, 3}), 0, {4, 2});
                   },
                   "split_axes: expected shape (2, 4), which merge_axes makes of (4, 2), but got "
                   "(2, 3)"}};
            },
    }};

}  // namespace xgrad
