#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/flip.hpp>
#include <xgrad/ops/slice/progression.hpp>

namespace xgrad {

static const RegisterSamples samples_of_flip{
    "flip",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> axes) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return flip(x[0], Axes(axes)); },
                                   {{"axes", {axes.begin(), axes.end()}}}});
              };
              add("rows", {3, 2}, {0});
              add("columns", {2, 3}, {-1});
              add("two axes", {2, 3, 2}, {2, 0});
              add("the axis in the middle", {2, 3, 2}, {1});
              add("no axis", {2, 2}, {});
              add("one element", {1}, {0});
              add("no elements", {0, 3}, {1});
              samples.push_back(
                  {"all axes", {sample_values({2, 3})}, [](auto x) { return flip(x[0]); }, {{"axes", {0, 1}}}});
              samples.push_back({"scalar", {sample_values({})}, [](auto x) { return flip(x[0]); }});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"an axis that does not exist",
                                             [] {
                                               flip(input({2, 3}), 2);
                                             },
                                             "flip: axis 2 does not exist"},
                                            {"an axis twice",
                                             [] {
                                               flip(input({2, 3}), {0, -2});
                                             },
                                             "flip: axis 0 is named twice"}};
            },
    }};

static const RegisterSamples samples_of_rot90{
    "rot90",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::int64_t k,
                                   std::array<std::int64_t, 2> axes = {0, 1}) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return rot90(x[0], k, axes); },
                                   {{"k", {static_cast<double>(k)}},
                                    {"axes", {static_cast<double>(axes[0]), static_cast<double>(axes[1])}}}});
              };
              add("once", {2, 3}, 1);
              add("twice", {2, 3}, 2);
              add("three times", {2, 3}, 3);
              add("four times", {2, 3}, 4);
              add("back", {2, 3}, -1);
              add("the last axes", {2, 3, 2}, 1, {1, 2});
              add("the other way", {2, 3, 2}, 5, {-1, 1});
              add("one element", {1, 1}, 1);
              add("no elements", {0, 2}, 1);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"a vector", [] { rot90(input({3})); }, "rot90: axis 1 does not exist"},
                                            {"one axis twice",
                                             [] {
                                               rot90(input({2, 3}), 1, {1, -1});
                                             },
                                             "rot90: axis 1 is named twice"}};
            },
    }};

}  // namespace xgrad
