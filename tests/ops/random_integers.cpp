#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/random_integers.hpp>

#include "random_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_random_integers{
    "random_integers",
    {
        .samples =
            [] {
              return random_samples([](const Tensor& counter, const Shape& shape,
                                       DType dtype) { return random_integers(counter, shape, -3, 6, 7, dtype); },
                                    {DType::int32, DType::int64});
            },
        .rejections =
            [] {
              auto rejections = counter_rejections(
                  "random_integers", [](const Tensor& counter) { return random_integers(counter, {3}, 0, 6, 7); });
              const auto counter = input({}, {}, DType::int64);
              rejections.push_back({"floating result", [=] { random_integers(counter, {3}, 0, 6, 7, DType::float32); },
                                    "random_integers: expected an integer dtype, but got float32"});
              rejections.push_back({"an empty range", [=] { random_integers(counter, {3}, 6, 6, 7); },
                                    "random_integers: expected low < high"});
              rejections.push_back({"integers that the dtype cannot hold",
                                    [=] { random_integers(counter, {3}, 0, 257, 7, DType::uint8); },
                                    "random_integers: the number 256 does not fit uint8"});
              return rejections;
            },
    }};

static const RegisterSamples samples_of_random_permutation{
    "random_permutation",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              for (std::int64_t count : {7, 1, 0}) {
                samples.push_back({std::to_string(count) + " integers",
                                   {Array(std::int64_t{2})},
                                   [=](auto x) { return random_permutation(x[0], count, 7); },
                                   {{"count", {static_cast<double>(count)}}}});
              }
              return samples;
            },
        .rejections =
            [] {
              return counter_rejections("random_permutation",
                                        [](const Tensor& counter) { return random_permutation(counter, 3, 7); });
            },
    }};

}  // namespace xgrad
