#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/masked_fill.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_masked_fill{
    "masked_fill",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, Array mask, double value) {
                samples.push_back({std::move(label),
                                   {sample_values(x), std::move(mask)},
                                   [=](auto x) { return masked_fill(x[0], x[1], value); },
                                   {{"value", {value}}}});
              };
              add("matrices", {2, 3}, xt::xarray<bool>{{true, false, true}, {false, false, true}}, -1.5);
              add("mask repeated", {2, 3}, xt::xarray<bool>{true, false, false}, 2);
              add("scalar", {}, true, 0);
              add("one element", {1}, xt::xarray<bool>{false}, 0);
              add("no elements", {0, 3}, xt::xarray<bool>{true, false, true}, 1);
              return samples;
            },
        .rejections =
            [] {
              const auto mask = [](Shape shape) { return input(std::move(shape), {}, DType::boolean); };
              return std::vector<Rejection>{
                  {"a mask of floats", [] { masked_fill(input({3}), input({3}), 0); },
                   "masked_fill: expected a bool mask, but got float32"},
                  {"a mask larger than x",
                   [=] {
                     masked_fill(input({3}), mask({2, 3}), 0);
                   },
                   "masked_fill: expected a mask that broadcasts to x (3,), but got (2, 3)"},
                  {"a value that does not fit", [=] { masked_fill(input({3}, {}, DType::int32), mask({3}), 0.5); },
                   "masked_fill: the number 0.5 does not fit int32"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({NAN, 1}), special_array({1, 0}).cast(DType::boolean)},
                   .value = {0, 1},
                   .gradient = {0, 1},
                   .arguments = "0",
                   .build = [](auto x) { return masked_fill(x[0], x[1], 0); }}};
            },
    }};

}  // namespace xgrad
