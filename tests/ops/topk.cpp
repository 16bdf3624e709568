#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/topk.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_topk{
    "topk",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array x, std::int64_t k, std::int64_t axis, bool largest,
                                   bool of_indices = false) {
                const auto flag = [](bool value) { return std::vector{value ? 1.0 : 0.0}; };
                samples.push_back({std::move(label),
                                   {std::move(x)},
                                   [=](auto x) {
                                     const auto top = topk(x[0], k, axis, largest);
                                     return of_indices ? top.indices : top.values;
                                   },
                                   {{"k", {static_cast<double>(k)}},
                                    {"axis", {static_cast<double>(axis)}},
                                    {"largest", flag(largest)},
                                    {"indices", flag(of_indices)}}});
              };
              const xt::xarray<int> ties{{2, 3, 1, 3, 2}, {1, 1, 0, 1, 0}};
              add("axis -1", sample_values({2, 5}), 2, -1, true);
              add("axis 0, smallest", sample_values({4, 3}), 3, 0, false);
              add("the axis in the middle", sample_values({2, 3, 2}), 1, 1, true);
              add("indices", sample_values({2, 6}), 4, 1, true, true);
              add("indices of ties", ties, 3, 1, true, true);
              add("indices of ties, smallest", ties, 4, 1, false, true);
              add("one element", sample_values({1}), 1, 0, true);
              add("none of them", sample_values({2, 3}), 0, 1, true);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"too few elements",
                   [] {
                     topk(input({2, 3}), 4);
                   },
                   "topk: expected axis -1 of shape (2, 3) to have a known size of at least 4, but got 3"},
                  {"a symbol",
                   [] {
                     topk(input({batch, 3}), 4, 0);
                   },
                   "topk: expected axis 0 of shape (batch, 3) to have a known size of at least 4, but got batch"},
                  {"a negative k", [] { topk(input({3}), -1); }, "topk: expected a k of 0 or more, but got -1"},
                  {"an axis that does not exist", [] { topk(input({3}), 1, 1); }, "topk: axis 1 does not exist"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({2, NAN, 1})},
                                               .value = {NAN, 2},
                                               .gradient = {1, 1, 0},
                                               .arguments = "2",
                                               .build = [](auto x) { return topk(x[0], 2).values; }}};
            },
    }};

}  // namespace xgrad
