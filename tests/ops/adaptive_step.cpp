#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/adaptive_step.hpp>
#include <xgrad/ops/add.hpp>

namespace xgrad {
namespace {

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
