#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/count_nonzero.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_count_nonzero{
    "count_nonzero",
    {
        .samples =
            [] {
              auto samples = reduction_samples(count_nonzero);
              const auto add = [&](std::string label, Array x) {
                samples.push_back(
                    {std::move(label), {std::move(x)}, [](auto x) { return count_nonzero(x[0], 1); }, {{"axes", {1}}}});
              };
              add("bool", xt::xarray<bool>{{true, false}, {false, false}, {true, true}});
              add("zeros", xt::xarray<double>{{-1, 0, 2}, {0, 0, 0}});
              add("uint8", xt::xarray<std::uint8_t>{{255, 0, 2}, {0, 0, 1}});
              return samples;
            },
        .rejections = [] { return reduction_rejections("count_nonzero", count_nonzero); },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, -0.0, NAN, INFINITY})}, .value = {2}},
                                              {.inputs = {special_array({}, {0})}, .value = {0}}};
            },
    }};

}  // namespace xgrad
