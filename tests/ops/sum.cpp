#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sum.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_sum{
    "sum",
    {
        .samples =
            [] {
              auto samples = reduction_samples(sum);
              const auto add = [&](std::string label, Array x) {
                samples.push_back({std::move(label),
                                   {std::move(x)},
                                   [](auto x) { return sum(x[0], 0); },
                                   {{"axes", {0}}, {"keepdims", {0}}}});
              };
              add("bytes", xt::xarray<std::uint8_t>{{200, 1}, {200, 2}, {200, 3}});
              add("booleans", xt::xarray<bool>{{true, false}, {true, true}});
              return samples;
            },
        .rejections = [] { return reduction_rejections("sum", sum); },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({}, {0})}, .value = {0}},
                  {.inputs = {special_array({INFINITY, -INFINITY})}, .value = {NAN}, .gradient = {1, 1}},
                  {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {1, 1}}};
            },
    }};

}  // namespace xgrad
