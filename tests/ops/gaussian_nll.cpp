#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/gaussian_nll.hpp>
#include <xgrad/ops/loss_arguments.hpp>

#include "loss_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_gaussian_nll{
    "gaussian_nll",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, Extents variance,
                                   GaussianNllOptions options = {}) {
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
              auto rejections = loss_rejections("gaussian_nll",
                                                [](const Tensor& t, const Tensor& p) { return gaussian_nll(t, p, p); });
              rejections.push_back(
                  {"variances of another shape",
                   [] {
                     gaussian_nll(input({2, 3}), input({2, 3}), input({2}));
                   },
                   "gaussian_nll: expected a variance that broadcasts to the prediction's shape (2, 3)"});
              rejections.push_back({"variances of another dtype",
                                    [] { gaussian_nll(input({3}), input({3}), input({3}, {}, DType::float64)); },
                                    "gaussian_nll: variance dtype float64 and prediction dtype float32 differ"});
              rejections.push_back({"epsilon 0",
                                    [] { gaussian_nll(input({3}), input({3}), input({3}), {.epsilon = 0}); },
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
