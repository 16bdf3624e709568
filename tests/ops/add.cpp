#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_add{
    "add",
    {
        .samples =
            [] {
              auto samples = binary_samples(add);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return x[0] + 1.5; }});
              samples.push_back({"number left", {sample_values({2, 3})}, [](auto x) { return 1.5 + x[0]; }});
              return samples;
            },
        .rejections = [] { return binary_rejections("add", add); },
        .points = {{{INFINITY, -INFINITY}, NAN, 1}, {{-0.0, 0}, 0, 1}},
    }};

}  // namespace xgrad
