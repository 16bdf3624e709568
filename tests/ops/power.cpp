#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/power.hpp>
#include <xgrad/ops/square.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_power{
    "power",
    {
        .samples =
            [] {
              auto samples = binary_samples(power, 0.3, 2);
              const auto add = [&](std::string label, Array base, double exponent) {
                samples.push_back({std::move(label), {std::move(base)}, [=](auto x) { return power(x[0], exponent); }});
              };
              add("squared", sample_values({2, 3}), 2);
              add("cubed, negative bases too", sample_values({2, 3}), 3);
              add("inverse", sample_values({2, 3}, -2, -0.5), -1);
              add("fraction", sample_values({2, 3}, 0.3, 2), 2.5);
              add("exponent 0 at base 0", Array::zeros(DType::float64, {3}), 0);
              add("exponent 1 at base 0", Array::zeros(DType::float64, {3}), 1);
              add("exponent 3 at base 0", Array::zeros(DType::float64, {3}), 3);
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("power", power);
              rejections.push_back({"integers", [] { power(input({3}, {}, DType::int32), 2); },
                                    "power: expected one of float32, float64, but got int32"});
              return rejections;
            },
        .points = {{{0, 0}, 1, 0},
                   {{0, -1}, INFINITY, -INFINITY},
                   {{0, 0.5}, 0, INFINITY},
                   {{1, NAN}, 1, NAN},
                   {{-8, 0.5}, NAN, NAN},
                   {{-2, 3}, -8, 12}},
    }};

}  // namespace xgrad
