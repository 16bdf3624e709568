#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/roll.hpp>

namespace xgrad {

static const RegisterSamples samples_of_roll{
    "roll",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::int64_t shift, std::int64_t axis) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return roll(x[0], shift, axis); },
                                   {{"shift", {static_cast<double>(shift)}}, {"axis", {static_cast<double>(axis)}}}});
              };
              add("rows", {4, 2}, 1, 0);
              add("columns back", {2, 4}, -1, -1);
              add("more than the size", {2, 3, 2}, 7, 1);
              add("less than minus the size", {2, 5}, -8, 1);
              add("all the way", {2, 3}, 3, 1);
              add("by nothing", {2, 2}, 0, 0);
              add("one element", {1}, 1, 0);
              add("no elements", {0, 3}, 2, 1);
              add("an axis without elements", {0, 3}, 2, 0);
              const auto add_axes = [&](std::string label, std::vector<std::int64_t> shifts,
                                        std::vector<std::int64_t> axes) {
                samples.push_back({std::move(label),
                                   {sample_values({3, 2, 4})},
                                   [=](auto x) { return roll(x[0], shifts, axes); },
                                   {{"shift", {shifts.begin(), shifts.end()}}, {"axes", {axes.begin(), axes.end()}}}});
              };
              add_axes("two axes", {1, -3}, {1, -1});
              add_axes("an axis twice", {1, 2, 1}, {2, 0, 2});
              add_axes("no axes", {}, {});
              samples.push_back(
                  {"flattened", {sample_values({2, 3})}, [](auto x) { return roll(x[0], 2); }, {{"shift", {2}}}});
              samples.push_back(
                  {"scalar", {sample_values({})}, [](auto x) { return roll(x[0], 1); }, {{"shift", {1}}}});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"an axis that does not exist",
                                             [] {
                                               roll(input({2, 3}), 1, 2);
                                             },
                                             "roll: axis 2 does not exist"},
                                            {"fewer shifts than axes",
                                             [] {
                                               roll(input({2, 3}), {1}, {0, 1});
                                             },
                                             "roll: expected a shift for each axis, but got 1 shift(s) and 2 axes"}};
            },
    }};

}  // namespace xgrad
