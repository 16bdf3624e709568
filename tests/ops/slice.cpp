#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/slice.hpp>
#include <xgrad/ops/slice/progression.hpp>

namespace xgrad {

static const RegisterSamples samples_of_slice{
    "slice",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // The indices that are taken, written out, for each axis of which not all is taken in order.
              const auto add = [&](std::string label, Extents shape, std::vector<Range> ranges,
                                   std::map<std::string, std::vector<double>> taken) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return slice(x[0], ranges); },
                                   std::move(taken)});
              };
              add("rows", {5, 2}, {{1, 3}}, {{"axis 0", {1, 2}}});
              add("columns", {3, 5}, {{}, {1, -1}}, {{"axis 1", {1, 2, 3}}});
              add("every second", {2, 6}, {{}, {.start = 1, .step = 2}}, {{"axis 1", {1, 3, 5}}});
              add("backwards", {2, 6}, {{}, {4, 0, -3}}, {{"axis 1", {4, 1}}});
              add("backwards to the beginning", {5}, {{.start = -2, .step = -2}}, {{"axis 0", {3, 1}}});
              add("rows reversed", {4, 3}, {{.step = -1}, {0, 2}}, {{"reversed", {0}}, {"axis 1", {0, 1}}});
              add("two axes", {4, 5}, {{.step = 3}, {-3, 100, 2}}, {{"axis 0", {0, 3}}, {"axis 1", {2, 4}}});
              add("the axis in the middle", {2, 3, 2}, {{}, {.start = 2, .step = -2}}, {{"axis 1", {2, 0}}});
              add("all", {2, 3}, {{}, {-100, 100}}, {});
              add("scalar", {}, {}, {});
              add("one element", {2, 3}, {{1, 2}, {.start = -1}}, {{"axis 0", {1}}, {"axis 1", {2}}});
              add("no elements", {2, 3}, {{}, {2, 1}}, {{"axis 1", {}}});
              add("of no elements", {0, 3}, {{}, {0, 2}}, {{"axis 1", {0, 1}}});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a step of 0",
                   [] {
                     slice(input({3}), {{0, 2, 0}});
                   },
                   "slice: expected a step other than 0"},
                  {"more ranges than axes",
                   [] {
                     slice(input({3}), {{}, {}});
                   },
                   "slice: expected at most one range for each axis of shape (3,), but got 2"},
                  {"part of a symbol",
                   [] {
                     slice(input({batch, 3}), {{1, 4}});
                   },
                   "slice: expected all of axis 0 of shape (batch, 3), in order or reversed, because the size batch is "
                   "known only when a function is called, but got 1:4:1"},
                  {"an axis that does not exist",
                   [] {
                     slice(input({3}), {0, 1}, 1);
                   },
                   "slice: axis 1 does not exist"},
              };
            },
    }};

}  // namespace xgrad
