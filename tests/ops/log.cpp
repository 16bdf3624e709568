#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/softmax.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_log{
    "log",
    {
        .samples =
            [] {
              auto samples = unary_samples(log, 0.2, 3);
              samples.push_back({"of softmax", {sample_values({2, 3})}, [](auto x) { return log(softmax(x[0])); }});
              samples.push_back({"of softmax, axis 0",
                                 {sample_values({2, 3})},
                                 [](auto x) { return log(softmax(x[0], 0)); },
                                 {{"axis", {0}}}});
              samples.push_back({"of sigmoid", {sample_values({2, 3})}, [](auto x) { return log(sigmoid(x[0])); }});
              return samples;
            },
        .rejections = [] { return floating_rejections("log", log); },
        .points =
            {{{0}, -INFINITY, INFINITY}, {{-0.0}, -INFINITY, -INFINITY}, {{INFINITY}, INFINITY, 0}, {{-1}, NAN, -1}},
    }};

}  // namespace xgrad
