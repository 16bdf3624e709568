#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/split.hpp>

namespace xgrad {

static const RegisterSamples samples_of_split{
    "split",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // One part of all, and for positions the indices it takes, written out.
              const auto add_sections = [&](std::string label, Extents shape, std::int64_t sections, std::int64_t axis,
                                            std::size_t part) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return split(x[0], sections, axis)[part]; },
                                   {{"sections", {static_cast<double>(sections)}},
                                    {"axis", {static_cast<double>(axis)}},
                                    {"part", {static_cast<double>(part)}}}});
              };
              const auto add_positions = [&](std::string label, Extents shape, std::vector<std::int64_t> positions,
                                             std::int64_t axis, std::size_t part, std::vector<double> taken) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return split(x[0], positions, axis)[part]; },
                                   {{"axis", {static_cast<double>(axis)}}, {"taken", std::move(taken)}}});
              };
              add_sections("first of two sections", {4, 3}, 2, 0, 0);
              add_sections("last of three sections", {2, 6}, 3, -1, 2);
              add_sections("the axis in the middle", {2, 4, 2}, 2, 1, 1);
              add_sections("one section", {2, 2}, 1, 0, 0);
              add_sections("no elements", {0, 4}, 2, 1, 1);
              add_positions("before the first position", {2, 5}, {2, 4}, 1, 0, {0, 1});
              add_positions("between positions", {5, 2}, {1, -1}, 0, 1, {1, 2, 3});
              add_positions("after the last position", {2, 5}, {2, 4}, 1, 2, {4});
              add_positions("one element", {3}, {1, 2}, 0, 1, {1});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"sections that do not divide",
                   [] {
                     split(input({2, 5}), 2, 1);
                   },
                   "split: expected 2 to divide axis 1 of shape (2, 5), which has size 5"},
                  {"sections of a symbol",
                   [] {
                     split(input({batch, 5}), 2);
                   },
                   "split: expected 2 to divide axis 0 of shape (batch, 5), which has size batch"},
                  {"no section", [] { split(input({3}), 0); }, "split: expected at least one section, but got 0"},
                  {"positions in a symbol",
                   [] {
                     split(input({batch, 5}), std::vector<std::int64_t>{1});
                   },
                   "split: expected axis 0 of shape (batch, 5) to have a number as its size"},
                  {"an axis that does not exist", [] { split(input({3}), 1, 1); }, "split: axis 1 does not exist"},
              };
            },
    }};

}  // namespace xgrad
