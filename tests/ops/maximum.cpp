#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/maximum.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_maximum{
    "maximum",
    {
        .samples =
            [] {
              auto samples = binary_samples(maximum);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return maximum(x[0], 0.5); }});
              return samples;
            },
        .rejections = [] { return binary_rejections("maximum", maximum); },
        .points = {{{3, 3}, 3, 0.5}, {{NAN, 1}, NAN, NAN}, {{1, NAN}, NAN, NAN}, {{INFINITY, INFINITY}, INFINITY, 0.5}},
    }};

static const RegisterSamples samples_of_minimum{
    "minimum",
    {
        .samples =
            [] {
              auto samples = binary_samples(minimum);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return minimum(x[0], 0.5); }});
              return samples;
            },
        .rejections = [] { return binary_rejections("minimum", minimum); },
        .points =
            {{{3, 3}, 3, 0.5}, {{NAN, 1}, NAN, NAN}, {{1, NAN}, NAN, NAN}, {{-INFINITY, -INFINITY}, -INFINITY, 0.5}},
    }};

}  // namespace xgrad
