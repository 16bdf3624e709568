#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/random_bernoulli.hpp>

#include "random_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_random_bernoulli{
    "random_bernoulli",
    {
        .samples =
            [] {
              auto samples = random_samples([](const Tensor& counter, const Shape& shape,
                                               DType) { return random_bernoulli(counter, shape, 0.3, 7); },
                                            {DType::float32});
              samples.push_back({"a probability for each column",
                                 {Array(std::int64_t{5}), xt::xarray<double>{0, 0.5, 1}},
                                 [](auto x) {
                                   return random_bernoulli(x[0], {4, 3}, cast(x[1], DType::float32), 7);
                                 },
                                 {{"shape", {4, 3}}}});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = counter_rejections(
                  "random_bernoulli", [](const Tensor& counter) { return random_bernoulli(counter, {3}, 0.5, 7); });
              const auto counter = input({}, {}, DType::int64);
              rejections.push_back({"a probability above 1", [=] { random_bernoulli(counter, {3}, 1.5, 7); },
                                    "random_bernoulli: expected a probability from 0 to 1, but got 1.5"});
              rejections.push_back({"integer probabilities",
                                    [=] { random_bernoulli(counter, {3}, input({}, {}, DType::int32), 7); },
                                    "random_bernoulli: expected float32 or float64, but got int32"});
              rejections.push_back(
                  {"probabilities of another shape", [=] { random_bernoulli(counter, {3}, input({2}), 7); },
                   "random_bernoulli: expected probabilities that broadcast to the shape (3,), but got (2,)"});
              return rejections;
            },
    }};

}  // namespace xgrad
