#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/norm.hpp>

#include <fmt/format.h>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_norm{
    "norm",
    {
        .samples =
            [] {
              auto samples = reduction_samples(
                  [](const Tensor& x, const Axes& axes, bool keepdims) { return norm(x, 2, axes, keepdims); });
              for (double order : std::vector<double>{1, 1.5, 3, INFINITY}) {
                const auto add = [&](std::string label, Extents shape) {
                  samples.push_back({fmt::format("order {}, {}", order, label),
                                     {sample_values(shape)},
                                     [=](auto x) { return norm(x[0], order, 0); },
                                     {{"axes", {0}}, {"order", {order}}}});
                };
                add("axis 0", {3, 2});
                add("one element", {1});
              }
              samples.push_back({"empty axis",
                                 {Array(DType::float64, {2, 0})},
                                 [](auto x) { return norm(x[0], 3, 1); },
                                 {{"axes", {1}}}});
              samples.push_back({"order infinity, empty axis",
                                 {Array(DType::float64, {2, 0})},
                                 [](auto x) { return norm(x[0], INFINITY, 1); },
                                 {{"axes", {1}}, {"order", {INFINITY}}}});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = reduction_rejections(
                  "norm", [](const Tensor& x, const Axes& axes, bool keepdims) { return norm(x, 2, axes, keepdims); });
              rejections.push_back({"integer input", [] { norm(input({3}, {}, DType::int32)); },
                                    "norm: expected float32 or float64, but got int32"});
              rejections.push_back({"order 0", [] { norm(input({3}), 0); }, "norm: expected an order of 1 or more"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({0, 0})}, .value = {0}, .gradient = {0, 0}},
                  {.inputs = {special_array({3e30, 4e30})}, .value = {5e+30}, .gradient = {0.6, 0.8}},
                  {.inputs = {special_array({INFINITY, 1})}, .value = {INFINITY}, .gradient = {NAN, 0}}};
            },
    }};

}  // namespace xgrad
