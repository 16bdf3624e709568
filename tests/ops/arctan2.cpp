#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/arctan2.hpp>
#include <xgrad/ops/divide.hpp>

#include <numbers>

namespace xgrad {
namespace {

constexpr double pi = std::numbers::pi;

}  // namespace

static const RegisterSamples samples_of_arctan2{
    "arctan2",
    {
        .samples =
            [] {
              auto samples = binary_samples(arctan2);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return arctan2(x[0], 1.5); }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("arctan2", arctan2);
              rejections.push_back({"integers", [] { arctan2(input({3}, {}, DType::int32), 2); },
                                    "arctan2: expected one of float32, float64, but got int32"});
              return rejections;
            },
        .points = {{{0, 0}, 0, 0},
                   {{0, -1}, pi, -1},
                   {{-0.0, -1}, -pi, -1},
                   {{2, 0}, pi / 2, 0},
                   {{1e30, 1e30}, pi / 4, 0.5e-30}},
    }};

}  // namespace xgrad
