#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/lerp.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_lerp{
    "lerp",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents start, Extents end, Extents weight) {
                samples.push_back(
                    {std::move(label),
                     {sample_values(start), sample_values(end, -2, 2, 1), sample_values(weight, -0.5, 1.5, 2)},
                     [](auto x) { return lerp(x[0], x[1], x[2]); }});
              };
              add("matrices", {2, 3}, {2, 3}, {2, 3});
              add("one weight", {2, 3}, {2, 3}, {});
              add("all repeated", {2, 1}, {3}, {4, 1, 1});
              add("scalars", {}, {}, {});
              add("one element", {1}, {1}, {1});
              add("no elements", {0, 3}, {0, 3}, {});
              samples.push_back({"number as weight",
                                 {sample_values({2, 3}), sample_values({2, 3}, -2, 2, 1)},
                                 [](auto x) { return lerp(x[0], x[1], 0.25); }});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"integers", [] { lerp(input({3}, {}, DType::int32), input({3}, {}, DType::int32), 1); },
                   "lerp: expected one of float32, float64, but got int32"},
                  {"mixed dtypes", [] { lerp(input({3}), input({3}, {}, DType::float64), 0.5); },
                   "lerp: expected inputs of one dtype, but got float32 and float64"},
                  {"shapes that do not broadcast", [] { lerp(input({3}), input({4}), 0.5); },
                   "lerp: shapes (3,) and (4,)"},
              };
            },
        .points = {{{1e8, 1, 1}, 1, 0},
                   {{1, 1e8, 0}, 1, 1},
                   {{5, INFINITY, 0}, 5, 1},
                   {{INFINITY, 5, 1}, 5, 0},
                   {{INFINITY, 5, 0.25}, INFINITY, 0.75},
                   {{INFINITY, INFINITY, 0.5}, INFINITY, 0.5},
                   {{3e38, 3e38, 0.7}, 3e38, 0.3}},
    }};

}  // namespace xgrad
