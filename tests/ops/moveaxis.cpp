#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/moveaxis.hpp>

#include <utility>

namespace xgrad {

static const RegisterSamples samples_of_moveaxis{
    "moveaxis",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // `order`: which axis of x each axis of the result is.
              const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> source,
                                   std::vector<std::int64_t> destination, std::vector<double> order) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return moveaxis(x[0], source, destination); },
                                   {{"order", std::move(order)}}});
              };
              add("first to last", {2, 3, 2}, {0}, {-1}, {1, 2, 0});
              add("last to first", {2, 3, 2}, {-1}, {0}, {2, 0, 1});
              add("two axes", {2, 1, 3, 2}, {0, 1}, {-1, 1}, {2, 1, 3, 0});
              add("nowhere", {2, 3}, {1}, {1}, {0, 1});
              add("one element", {1, 1}, {0}, {1}, {1, 0});
              add("no elements", {0, 2}, {0}, {1}, {1, 0});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"an axis that does not exist",
                   [] {
                     moveaxis(input({2, 3}), 2, 0);
                   },
                   "moveaxis: axis 2 does not exist"},
                  {"a place that does not exist",
                   [] {
                     moveaxis(input({2, 3}), 0, 2);
                   },
                   "moveaxis: axis 2 does not exist"},
                  {"an axis twice",
                   [] {
                     moveaxis(input({2, 3}), {0, -2}, {0, 1});
                   },
                   "moveaxis: axis 0 is named twice"},
                  {"fewer destinations",
                   [] {
                     moveaxis(input({2, 3}), {0, 1}, std::vector<std::int64_t>{0});
                   },
                   "moveaxis: expected as many destinations as sources, but got 1 and 2"},
              };
            },
    }};

static const RegisterSamples samples_of_swapaxes{
    "swapaxes",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::int64_t axis1, std::int64_t axis2,
                                   std::vector<double> order) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return swapaxes(x[0], axis1, axis2); },
                                   {{"order", std::move(order)}}});
              };
              add("matrix", {2, 3}, 0, 1, {1, 0});
              add("first and last", {2, 3, 2}, 0, -1, {2, 1, 0});
              add("last two", {2, 3, 2}, -1, -2, {0, 2, 1});
              add("the same twice", {2, 3}, 1, 1, {0, 1});
              add("one element", {1, 1}, 0, 1, {1, 0});
              add("no elements", {0, 2}, 0, 1, {1, 0});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"an axis that does not exist",
                                             [] {
                                               swapaxes(input({2, 3}), 0, 2);
                                             },
                                             "swapaxes: axis 2 does not exist"}};
            },
    }};

}  // namespace xgrad
