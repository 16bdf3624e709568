#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/adaptive_step.hpp>
#include <xgrad/ops/multiply.hpp>

#include <fmt/format.h>

#include <numeric>
#include <string_view>

namespace xgrad {
namespace {

/// Samples of each result that `build` gives, and of the product of all. The inputs are x, gradient, the running means,
/// rate, their weights and epsilon.
template <class Build>
std::vector<Sample> step_samples(std::size_t means, Build build) {
  std::vector<Sample> samples;
  const auto add = [&](std::string_view label, Extents x, Extents option) {
    std::vector<Array> inputs{sample_values(x), sample_values(x, -2, 2, 1)};
    if (means == 2) inputs.push_back(sample_values(x, -2, 2, 5));
    inputs.push_back(sample_values(x, 0.5, 3, 2));
    inputs.push_back(sample_values(option, 0.1, 0.5, 3));
    for (std::size_t mean = 0; mean < means; ++mean) {
      inputs.push_back(sample_values(option, 0.1, 0.9, 6 + static_cast<int>(mean)));
    }
    inputs.push_back(sample_values(option, 0.2, 0.9, 4));
    for (std::size_t result = 0; result <= 1 + means; ++result) {
      const auto choose = [=](std::span<const Tensor> x) {
        const std::vector<Tensor> results = build(x);
        if (result < results.size()) return results[result];
        return std::accumulate(results.begin() + 1, results.end(), results[0],
                               [](const Tensor& left, const Tensor& right) { return left * right; });
      };
      const auto name = result <= means ? fmt::format("result {}", result) : "product of the results";
      samples.push_back(
          {fmt::format("{}, {}", label, name), inputs, choose, {{"result", {static_cast<double>(result)}}}});
    }
  };
  add("matrices", {2, 3}, {2, 3});
  add("one rate", {4, 5}, {});
  add("scalars", {}, {});
  add("one element", {1}, {1});
  add("no elements", {0, 3}, {});
  return samples;
}

std::vector<Rejection> step_rejections(const std::string& name, Tensor (*step)(const Tensor& x, const Tensor& rate)) {
  return {{"integers",
           [=] {
             const auto x = input({3}, {}, DType::int32);
             step(x, x);
           },
           name + ": expected one of float32, float64, but got int32"},
          {"mixed dtypes", [=] { step(input({3}), scalar(0.1, DType::float64)); },
           name + ": expected inputs of one dtype, but got float32 and float64"}};
}

}  // namespace

static const RegisterSamples samples_of_rmsprop_step{
    "rmsprop_step",
    {
        .samples =
            [] {
              return step_samples(1, [](auto x) {
                const auto step = rmsprop_step(x[0], x[1], x[2], x[3], x[4], x[5]);
                return std::vector{step.x, step.mean_square};
              });
            },
        .rejections =
            [] {
              return step_rejections("rmsprop_step", [](const Tensor& x, const Tensor& rate) {
                return rmsprop_step(x, x, x, rate, x, x).x;
              });
            },
    }};

static const RegisterSamples samples_of_adam_step{
    "adam_step",
    {
        .samples =
            [] {
              return step_samples(2, [](auto x) {
                const auto step = adam_step(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
                return std::vector{step.x, step.mean, step.mean_square};
              });
            },
        .rejections =
            [] {
              return step_rejections("adam_step", [](const Tensor& x, const Tensor& rate) {
                return adam_step(x, x, x, x, rate, x, x, x).x;
              });
            },
    }};

}  // namespace xgrad
