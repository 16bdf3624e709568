#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/tile.hpp>

namespace xgrad {

static const RegisterSamples samples_of_tile{
    "tile",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> counts) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return tile(x[0], counts); },
                                   {{"counts", {counts.begin(), counts.end()}}}});
              };
              add("both axes", {2, 3}, {2, 2});
              add("fewer counts than axes", {2, 3}, {2});
              add("more counts than axes", {2, 2}, {2, 1, 2});
              add("scalar", {}, {3});
              add("once", {2, 2}, {});
              add("one element", {1}, {1});
              add("no times", {2, 2}, {1, 0});
              add("no elements", {0, 2}, {1, 2});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"a negative count", [] { tile(input({3}), {-1}); },
                                             "tile: expected counts of 0 or more, but got -1"}};
            },
    }};

static const RegisterSamples samples_of_repeat{
    "repeat",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::int64_t count, std::int64_t axis) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return repeat(x[0], count, axis); },
                                   {{"count", {static_cast<double>(count)}}, {"axis", {static_cast<double>(axis)}}}});
              };
              const auto add_counts = [&](std::string label, Extents shape, std::vector<std::int64_t> counts,
                                          std::int64_t axis) {
                samples.push_back(
                    {std::move(label),
                     {sample_values(shape)},
                     [=](auto x) { return repeat(x[0], counts, axis); },
                     {{"counts", {counts.begin(), counts.end()}}, {"axis", {static_cast<double>(axis)}}}});
              };
              add("rows", {2, 3}, 2, 0);
              add("columns", {2, 3}, 3, -1);
              add("the axis in the middle", {2, 2, 2}, 2, 1);
              add("one element", {1}, 1, 0);
              add("no times", {2, 2}, 0, 1);
              add("no elements", {0, 2}, 2, 1);
              for (const Extents& shape : {Extents{2, 3}, Extents{}, Extents{0, 2}}) {
                samples.push_back({"flattened " + to_string(shape),
                                   {sample_values(shape)},
                                   [](auto x) { return repeat(x[0], 2); },
                                   {{"count", {2}}}});
              }
              add_counts("rows, a count for each", {3, 2}, {2, 0, 1}, 0);
              add_counts("columns, a count for each", {2, 3}, {1, 0, 3}, 1);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a negative count", [] { repeat(input({3}), -1, 0); },
                   "repeat: expected counts of 0 or more, but got -1"},
                  {"too few counts",
                   [] {
                     repeat(input({2, 3}), {1, 2}, 1);
                   },
                   "repeat: expected a count for each element along axis 1 of shape (2, 3), but got 2"},
                  {"an axis that does not exist", [] { repeat(input({3}), 2, 1); }, "repeat: axis 1 does not exist"}};
            },
    }};

}  // namespace xgrad
