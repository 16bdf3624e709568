#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/det.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/sum.hpp>

#include <cmath>
#include <vector>

namespace xgrad {
namespace {

OperatorSamples determinant_samples(std::string name, Tensor (*first)(const Tensor&), Tensor (*second)(const Tensor&)) {
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Array x) {
              samples.push_back({label, {x}, [=](auto x) { return first(x[0]); }});
              if (second == nullptr) return;
              samples.push_back({"log_magnitude: " + label, {x}, [=](auto x) { return second(x[0]); }, {{"log", {1}}}});
            };
            add("matrix", xt::xarray<double>{{2, 0.5, -1}, {0.3, -1.5, 0.2}, {0.1, 0.7, 1.2}});
            add("rows to exchange", xt::xarray<double>{{0, 2, 1}, {1, 0.5, 0}, {0.5, 0, 3}});
            add("stack", xt::xarray<double>{{{2, 1}, {0.5, 3}}, {{0, 1}, {-2, 1}}, {{0.5, 2}, {1.5, 1}}});
            add("two leading axes", xt::xarray<double>{{{{1.5, 1}, {0.5, 2}}}, {{{2, 1}, {-2, 1}}}});
            add("one element", sample_values({1, 1}, -2, -1));
            add("no matrices", sample_values({0, 2, 2}));
            add("matrices of nothing", sample_values({2, 0, 0}));
            if (second != nullptr) return samples;
            // Its second derivative is the third of the determinant.
            samples.push_back({"its gradient",
                               {xt::xarray<double>{{2, 0.5, -1}, {0.3, -1.5, 0.2}, {0.1, 0.7, 1.2}}},
                               [=](auto x) { return gradients(sum(first(x[0])), {x[0]})[0]; },
                               {{"gradient", {1}}}});
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"not square",
                 [=] {
                   first(input({batch, 2, 3}));
                 },
                 name + ": expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                {"integers",
                 [=] {
                   first(input({2, 2}, {}, DType::int32));
                 },
                 name + ": expected float32 or float64"}};
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_det{
    "det", with_cases(determinant_samples("det", det, nullptr), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1, 0, 0, 0}, {2, 2})}, .value = {0}, .gradient = {0, 0, 0, 1}},
          {.inputs = {special_array({0, 0, 0, 0}, {2, 2})}, .value = {0}, .gradient = {0, 0, 0, 0}},
          {.inputs = {special_array({NAN, 1, 0, 1}, {2, 2})}, .value = {NAN}, .gradient = {NAN, NAN, NAN, NAN}}};
    })};

static const RegisterSamples samples_of_slogdet{
    "slogdet", with_cases(determinant_samples(
                              "slogdet", [](const Tensor& x) { return slogdet(x).sign; },
                              [](const Tensor& x) { return slogdet(x).log_magnitude; }),
                          [] {
                            return std::vector<SpecialCase>{
                                {.inputs = {special_array({1, 0, 0, 0}, {2, 2})},
                                 .value = {-INFINITY},
                                 .arguments = ".log_magnitude",
                                 .build = [](auto x) { return slogdet(x[0]).log_magnitude; }},
                                {.inputs = {special_array({NAN, 1, 0, 1}, {2, 2})},
                                 .value = {NAN},
                                 .arguments = ".sign",
                                 .build = [](auto x) { return slogdet(x[0]).sign; }}};
                          })};

}  // namespace xgrad
