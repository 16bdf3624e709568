#include <xgrad/framework/core/error.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/gaussian_nll.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/loss_samples.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor gaussian_nll(const Tensor& target, const Tensor& prediction, const Tensor& variance,
                    const GaussianNllOptions& options) {
  expect_alike("gaussian_nll", target, prediction);
  if (!broadcasts_to(variance.shape(), prediction.shape())) {
    throw ShapeError(
        fmt::format("gaussian_nll: expected a variance that broadcasts to the prediction's shape {}, but "
                    "got shape {}; give one variance for each value or (..., 1)",
                    prediction.shape().to_string(), variance.shape().to_string()));
  }
  if (variance.dtype() != prediction.dtype()) {
    throw DTypeError(fmt::format("gaussian_nll: variance dtype {} and prediction dtype {} differ; cast the variance",
                                 to_string(variance.dtype()), to_string(prediction.dtype())));
  }
  if (!(options.epsilon > 0)) {
    throw ValueError(fmt::format("gaussian_nll: expected an epsilon above 0, but got {}", options.epsilon));
  }
  const auto v = maximum(variance, options.epsilon);
  const auto loss = mean(0.5 * (log(v) + square(target - prediction) / v), -1);
  constexpr double half_log_two_pi = 0.91893853320467274178;
  return options.full ? loss + half_log_two_pi : loss;
}

static const Register registered_gaussian_nll{{
    .name = "gaussian_nll",
    .family = OperatorFamily::loss,
    .signature = "gaussian_nll(target, prediction, variance, {.full = false, .epsilon = 1e-6})",
    .summary = "Negative log-likelihood of normal distributions with predicted variances, for each sample the mean.",
    .formula = "mean((log(v) + (target - prediction)^2 / v) / 2) with v = max(variance, epsilon)",
    .gradient = "c * (prediction - target) / (n * v) for prediction, c * (1 - (target - prediction)^2 / v) / (2 * n * "
                "v) for variance",
    .shapes = "target and prediction (..., n), variance that broadcasts to them: (...)",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, Extents variance, GaussianNllOptions options = {}) {
            samples.push_back(
                {std::move(label),
                 {sample_values(shape), sample_values(shape, -2, 2, 1), sample_values(variance, 0.5, 2, 2)},
                 [=](auto x) { return gaussian_nll(x[0], x[1], x[2], options); },
                 {{"full", {options.full ? 1.0 : 0.0}}, {"epsilon", {options.epsilon}}}});
          };
          add("variances", {3, 4}, {3, 4});
          add("a variance for each sample", {3, 4}, {3, 1});
          add("with the constant", {2, 3}, {2, 3}, {.full = true});
          add("a large epsilon", {2, 3}, {2, 3}, {.epsilon = 1.25});
          add("one element", {1}, {1});
          add("no samples", {0, 4}, {0, 4});
          return samples;
        },
    .rejections =
        [] {
          auto rejections =
              loss_rejections("gaussian_nll", [](const Tensor& t, const Tensor& p) { return gaussian_nll(t, p, p); });
          rejections.push_back({"variances of another shape",
                                [] {
                                  gaussian_nll(input({2, 3}), input({2, 3}), input({2}));
                                },
                                "gaussian_nll: expected a variance that broadcasts to the prediction's shape (2, 3)"});
          rejections.push_back({"variances of another dtype",
                                [] { gaussian_nll(input({3}), input({3}), input({3}, {}, DType::float64)); },
                                "gaussian_nll: variance dtype float64 and prediction dtype float32 differ"});
          rejections.push_back({"epsilon 0", [] { gaussian_nll(input({3}), input({3}), input({3}), {.epsilon = 0}); },
                                "gaussian_nll: expected an epsilon above 0, but got 0"});
          return rejections;
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({1}), special_array({1}), special_array({0})},
                                           .value = {-6.907755278982137},
                                           .gradient = {0},
                                           .build = [](auto x) { return gaussian_nll(x[0], x[1], x[2]); }}};
        },
}};

}  // namespace xgrad
