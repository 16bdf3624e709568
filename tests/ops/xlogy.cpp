#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/xlogy.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
static const RegisterSamples samples_of_xlogy{
    "xlogy",
    {
        .samples =
            [] {
              auto samples = binary_samples(xlogy, 0.4, 2);
              samples.push_back(
                  {"number right", {sample_values({2, 3}, 0.4, 2)}, [](auto x) { return xlogy(x[0], 1.5); }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("xlogy", xlogy);
              rejections.push_back({"integers", [] { xlogy(input({3}, {}, DType::int32), 2); },
                                    "xlogy: expected one of float32, float64, but got int32"});
              return rejections;
            },
        .points = {{{0, 2}, 0, std::numbers::ln2},
                   {{0, 0}, 0, 0},
                   {{0, -1}, 0, 0},
                   {{0, NAN}, NAN, NAN},
                   {{1, 0}, -INFINITY, -INFINITY},
                   {{0, INFINITY}, 0, INFINITY}},
    }};

}  // namespace xgrad
