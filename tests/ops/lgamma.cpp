#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/lgamma.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_lgamma{
    "lgamma",
    {
        .samples =
            [] {
              auto samples = unary_samples(lgamma, 0.4, 4);
              samples.push_back(
                  {"negative", {xt::xarray<double>{-0.4, -1.6, -2.3, -7.5}}, [](auto x) { return lgamma(x[0]); }});
              return samples;
            },
        .rejections = [] { return floating_rejections("lgamma", lgamma); },
        .points = {{{0}, INFINITY, -INFINITY}, {{1}, 0, -0.57721566490153286}, {{INFINITY}, INFINITY, INFINITY}},
    }};

}  // namespace xgrad
