#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/random_normal.hpp>

#include "random_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_random_normal{
    "random_normal",
    {
        .samples =
            [] {
              return random_samples([](const Tensor& counter, const Shape& shape, DType dtype) {
                return random_normal(counter, shape, 7, dtype);
              });
            },
        .rejections =
            [] {
              auto rejections = counter_rejections(
                  "random_normal", [](const Tensor& counter) { return random_normal(counter, {3}, 7); });
              rejections.push_back({"integer result",
                                    [] { random_normal(input({}, {}, DType::int64), {3}, 7, DType::int32); },
                                    "random_normal: expected float32 or float64, but got int32"});
              return rejections;
            },
    }};

static const RegisterSamples samples_of_random_truncated_normal{
    "random_truncated_normal",
    {
        .samples =
            [] {
              auto samples = random_samples([](const Tensor& counter, const Shape& shape, DType dtype) {
                return random_truncated_normal(counter, shape, -2, 1, 7, dtype);
              });
              for (auto& sample : samples)
                sample.arguments.merge(std::map<std::string, std::vector<double>>{{"low", {-2}}, {"high", {1}}});
              samples.push_back({"a tail",
                                 {Array(std::int64_t{5})},
                                 [](auto x) { return random_truncated_normal(x[0], {6}, 4, 5, 7, DType::float64); },
                                 {{"shape", {6}},
                                  {"dtype", {static_cast<double>(static_cast<int>(DType::float64))}},
                                  {"low", {4}},
                                  {"high", {5}}}});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = counter_rejections("random_truncated_normal", [](const Tensor& counter) {
                return random_truncated_normal(counter, {3}, -2, 2, 7);
              });
              rejections.push_back(
                  {"integer result",
                   [] { random_truncated_normal(input({}, {}, DType::int64), {3}, -2, 2, 7, DType::int32); },
                   "random_truncated_normal: expected float32 or float64, but got int32"});
              rejections.push_back(
                  {"bounds beyond all numbers",
                   [] { random_truncated_normal(input({}, {}, DType::int64), {3}, 1e40, 1e41, 7); },
                   "random_truncated_normal: expected bounds with numbers of float32 between them, but got 1e+40 and "
                   "1e+41"});
              rejections.push_back({"low above high",
                                    [] { random_truncated_normal(input({}, {}, DType::int64), {3}, 2, -2, 7); },
                                    "random_truncated_normal: expected low < high, but got 2 and -2"});
              return rejections;
            },
    }};

}  // namespace xgrad
