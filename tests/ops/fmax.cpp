#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/fmax.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_fmax{
    "fmax",
    {
        .samples =
            [] {
              auto samples = binary_samples(fmax);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return fmax(x[0], 0.5); }});
              return samples;
            },
        .rejections = [] { return binary_rejections("fmax", fmax); },
        .points = {{{3, 3}, 3, 1}, {{2, 3}, 3, 0}, {{NAN, 3}, 3, 0}, {{3, NAN}, 3, 1}, {{NAN, NAN}, NAN, 1}},
    }};

static const RegisterSamples samples_of_fmin{
    "fmin",
    {
        .samples =
            [] {
              auto samples = binary_samples(fmin);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return fmin(x[0], 0.5); }});
              return samples;
            },
        .rejections = [] { return binary_rejections("fmin", fmin); },
        .points = {{{3, 3}, 3, 1}, {{2, 3}, 2, 1}, {{NAN, 3}, 3, 0}, {{3, NAN}, 3, 1}, {{NAN, NAN}, NAN, 1}},
    }};

}  // namespace xgrad
