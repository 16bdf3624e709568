#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/dropout.hpp>

#include "random_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_dropout{
    "dropout",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              for (const Extents& shape : {Extents{3, 4}, {2, 3, 2}, {}, {0, 3}}) {
                samples.push_back({to_string(shape),
                                   {sample_values(shape), Array(std::int64_t{2})},
                                   [](auto x) { return dropout(x[0], 0.25, x[1], 7); },
                                   {{"rate", {0.25}}}});
              }
              return samples;
            },
        .rejections =
            [] {
              auto rejections = counter_rejections(
                  "dropout", [](const Tensor& counter) { return dropout(input({3}), 0.5, counter, 7); });
              rejections.push_back({"rate 1", [] { dropout(input({3}), 1, input({}, {}, DType::int64), 7); },
                                    "dropout: expected a rate of 0 or more and below 1, but got 1"});
              rejections.push_back({"integer input",
                                    [] { dropout(input({3}, {}, DType::int32), 0.5, input({}, {}, DType::int64), 7); },
                                    "dropout: expected float32 or float64, but got int32"});
              return rejections;
            },
    }};

static const RegisterSamples samples_of_dropout_mask{
    "dropout_mask",
    {
        .samples =
            [] {
              return random_samples([](const Tensor& counter, const Shape& shape, DType dtype) {
                return dropout_mask(counter, shape, 0.25, 7, dtype);
              });
            },
        .rejections =
            [] {
              return counter_rejections("dropout_mask",
                                        [](const Tensor& counter) { return dropout_mask(counter, {3}, 0.5, 7); });
            },
    }};

}  // namespace xgrad
