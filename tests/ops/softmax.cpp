#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/softmax.hpp>

#include "axis_samples.hpp"
#include <cmath>

namespace xgrad {
namespace {

OperatorSamples softmax_samples(std::string name, Tensor (*function)(const Tensor&, std::int64_t)) {
  return {
      .samples =
          [=] {
            auto samples = axis_samples(function);
            samples.push_back(axis_sample("vector", function, sample_values({3}), -1));
            samples.push_back(axis_sample("long rows", function, sample_values({2, 37}), -1));
            samples.push_back(axis_sample("no rows", function, sample_values({0, 3}), -1));
            samples.push_back(axis_sample("empty rows", function, sample_values({2, 0}), -1));
            return samples;
          },
      .rejections =
          [=] {
            auto rejections = axis_rejections(name, function);
            rejections.push_back({"integer input", [=] { function(input({3}, {}, DType::int32), -1); },
                                  name + ": expected float32 or float64, but got int32"});
            return rejections;
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_softmax{
    "softmax", with_cases(softmax_samples("softmax", softmax), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1000, 1000})}, .value = {0.5, 0.5}, .gradient = {0, 0}},
          {.inputs = {special_array({-INFINITY, 0})}, .value = {0, 1}, .gradient = {0, 0}},
          {.inputs = {special_array({INFINITY, 0})}, .value = {NAN, NAN}, .gradient = {NAN, NAN}},
          {.inputs = {special_array({-INFINITY, -INFINITY})}, .value = {NAN, NAN}, .gradient = {NAN, NAN}}};
    })};

static const RegisterSamples samples_of_log_softmax{
    "log_softmax", with_cases(softmax_samples("log_softmax", log_softmax), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1000, 1000})},
           .value = {-0.6931471805599453, -0.6931471805599453},
           .gradient = {0, 0}},
          {.inputs = {special_array({-INFINITY, 0})}, .value = {-INFINITY, 0}, .gradient = {1, -1}},
          {.inputs = {special_array({INFINITY, 0})}, .value = {NAN, NAN}, .gradient = {NAN, NAN}}};
    })};

static const RegisterSamples samples_of_softmin{
    "softmin", with_cases(softmax_samples("softmin", softmin), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1000, 1000})}, .value = {0.5, 0.5}, .gradient = {0, 0}},
          {.inputs = {special_array({INFINITY, 0})}, .value = {0, 1}, .gradient = {0, 0}},
          {.inputs = {special_array({-INFINITY, 0})}, .value = {NAN, NAN}, .gradient = {NAN, NAN}}};
    })};

}  // namespace xgrad
