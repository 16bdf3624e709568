#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sinc.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_sinc{
    "sinc",
    {
        .samples =
            [] {
              auto samples = unary_samples(sinc);
              samples.push_back(
                  {"around 0", {xt::xarray<double>{0, 1e-9, -1e-4, 0.01}}, [](auto x) { return sinc(x[0]); }});
              return samples;
            },
        .rejections = [] { return floating_rejections("sinc", sinc); },
        .points = {{{0}, 1, 0}, {{1}, 0, -1}, {{2}, 0, 0.5}, {{-1000}, 0, -0.001}, {{INFINITY}, NAN, NAN}},
    }};

}  // namespace xgrad
