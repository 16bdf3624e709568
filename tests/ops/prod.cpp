#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/prod.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_prod{
    "prod",
    {
        .samples =
            [] {
              auto samples = reduction_samples(prod);
              const auto add = [&](std::string label, Array x) {
                samples.push_back(
                    {std::move(label), {std::move(x)}, [](auto x) { return prod(x[0], -1); }, {{"axes", {-1}}}});
              };
              add("zeros", xt::xarray<double>{{0, 2, 3}, {2, 0, 0}, {0, 0, 0}});
              add("integers", xt::xarray<int>{{1, 2, 3}, {4, 5, 6}});
              add("bytes", xt::xarray<std::uint8_t>{{200, 2, 3}, {4, 5, 6}});
              add("booleans", xt::xarray<bool>{{true, false}, {true, true}});
              return samples;
            },
        .rejections = [] { return reduction_rejections("prod", prod); },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({}, {0})}, .value = {1}},
                  {.inputs = {special_array({0, 2, 3})}, .value = {0}, .gradient = {6, 0, 0}},
                  {.inputs = {special_array({0, 0, 2})}, .value = {0}, .gradient = {0, 0, 0}},
                  {.inputs = {special_array({0, INFINITY})}, .value = {NAN}, .gradient = {INFINITY, 0}}};
            },
    }};

}  // namespace xgrad
