#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/glu.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_glu{
    "glu",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::int64_t axis) {
                samples.push_back({std::move(label),
                                   {sample_values(std::move(shape))},
                                   [=](auto x) { return glu(x[0], axis); },
                                   {{"axis", {static_cast<double>(axis)}}}});
              };
              add("last axis", {3, 4}, -1);
              add("axis 0", {4, 3}, 0);
              add("axis 1", {2, 4, 3}, 1);
              add("one element", {2}, -1);
              add("no elements", {0, 4}, -1);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"integer input", [] { glu(input({4}, {}, DType::int32)); },
                   "glu: expected float32 or float64, but got int32"},
                  {"an odd size",
                   [] {
                     glu(input({2, 3}));
                   },
                   "glu: expected an even size of axis -1, which is cut into halves, but got shape (2, 3)"},
                  {"a scalar", [] { glu(input({})); }, "glu: axis -1 does not exist"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({INFINITY, -INFINITY})}, .value = {NAN}, .gradient = {0, NAN}},
                  {.inputs = {special_array({1, 1000})}, .value = {1}, .gradient = {1, 0}}};
            },
    }};

}  // namespace xgrad
