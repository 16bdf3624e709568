#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/var.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples deviation_samples(std::string name, Tensor (*function)(const Tensor&, const Axes&, bool, std::int64_t),
                                  Tensor (*without_ddof)(const Tensor&, const Axes&, bool)) {
  return {
      .samples =
          [=] {
            auto samples = reduction_samples(without_ddof);
            samples.push_back({"ddof 1",
                               {sample_values({2, 4})},
                               [=](auto x) { return function(x[0], 1, false, 1); },
                               {{"axes", {1}}, {"ddof", {1}}}});
            return samples;
          },
      .rejections =
          [=] {
            auto rejections = reduction_rejections(name, without_ddof);
            rejections.push_back({"integer input", [=] { without_ddof(input({3}, {}, DType::int32), {}, false); },
                                  name + ": expected float32 or float64, but got int32"});
            rejections.push_back({"a negative ddof", [=] { function(input({3}), {}, false, -1); },
                                  name + ": expected a ddof of 0 or more, but got -1"});
            return rejections;
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_var{
    "var",
    with_cases(deviation_samples(
                   "var", var, [](const Tensor& x, const Axes& axes, bool keepdims) { return var(x, axes, keepdims); }),
               [] {
                 return std::vector<SpecialCase>{
                     {.inputs = {special_array({2, 2})}, .value = {0}, .gradient = {0, 0}},
                     {.inputs = {special_array({10000000, 10000001, 10000002, 10000003})},
                      .value = {1.25},
                      .gradient = {-0.75, -0.25, 0.25, 0.75}},
                     {.inputs = {special_array({INFINITY, 1})}, .value = {NAN}, .gradient = {NAN, NAN}},
                     {.inputs = {special_array({5})},
                      .value = {NAN},
                      .gradient = {NAN},
                      .arguments = "{}, false, 1",
                      .build = [](auto x) { return var(x[0], {}, false, 1); }}};
               })};

static const RegisterSamples samples_of_std{
    "std",
    with_cases(deviation_samples(
                   "std", std, [](const Tensor& x, const Axes& axes, bool keepdims) { return std(x, axes, keepdims); }),
               [] {
                 return std::vector<SpecialCase>{
                     {.inputs = {special_array({2, 2})}, .value = {0}, .gradient = {0, 0}},
                     {.inputs = {special_array({1})}, .value = {0}, .gradient = {0}},
                     {.inputs = {special_array({INFINITY, 1})}, .value = {NAN}, .gradient = {NAN, NAN}}};
               })};

}  // namespace xgrad
