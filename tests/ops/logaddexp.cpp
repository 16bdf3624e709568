#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/logaddexp.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
static const RegisterSamples samples_of_logaddexp{
    "logaddexp",
    {
        .samples =
            [] {
              auto samples = binary_samples(logaddexp);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return logaddexp(x[0], 0.5); }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("logaddexp", logaddexp);
              rejections.push_back({"integers", [] { logaddexp(input({3}, {}, DType::int32), 2); },
                                    "logaddexp: expected one of float32, float64, but got int32"});
              return rejections;
            },
        .points = {{{1000, 1000}, 1000 + std::numbers::ln2, 0.5},
                   {{1000, -1000}, 1000, 1},
                   {{-1000, 1000}, 1000, 0},
                   {{INFINITY, INFINITY}, INFINITY, 0.5},
                   {{-INFINITY, -INFINITY}, -INFINITY, 0.5},
                   {{-INFINITY, 3}, 3, 0},
                   {{INFINITY, -INFINITY}, INFINITY, 1}},
    }};

static const RegisterSamples samples_of_logaddexp2{
    "logaddexp2",
    {
        .samples =
            [] {
              auto samples = binary_samples(logaddexp2);
              samples.push_back(
                  {"number right", {sample_values({2, 3})}, [](auto x) { return logaddexp2(x[0], 0.5); }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("logaddexp2", logaddexp2);
              rejections.push_back({"integers", [] { logaddexp2(input({3}, {}, DType::int32), 2); },
                                    "logaddexp2: expected one of float32, float64, but got int32"});
              return rejections;
            },
        .points = {{{1000, 1000}, 1001, 0.5},
                   {{2000, -2000}, 2000, 1},
                   {{-2000, 2000}, 2000, 0},
                   {{-INFINITY, -INFINITY}, -INFINITY, 0.5},
                   {{INFINITY, INFINITY}, INFINITY, 0.5}},
    }};

}  // namespace xgrad
