#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/random_uniform.hpp>

#include "random_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_random_uniform{
    "random_uniform",
    {
        .samples =
            [] {
              return random_samples([](const Tensor& counter, const Shape& shape, DType dtype) {
                return random_uniform(counter, shape, 7, dtype);
              });
            },
        .rejections =
            [] {
              auto rejections = counter_rejections(
                  "random_uniform", [](const Tensor& counter) { return random_uniform(counter, {3}, 7); });
              rejections.push_back({"integer result",
                                    [] { random_uniform(input({}, {}, DType::int64), {3}, 7, DType::int32); },
                                    "random_uniform: expected dtype float32 or float64, but got int32"});
              return rejections;
            },
    }};

}  // namespace xgrad
