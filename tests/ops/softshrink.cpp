#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/softshrink.hpp>
#include <xgrad/ops/tanh.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples shrink_samples(std::string name, double value_at_1000, Tensor (*function)(const Tensor&),
                               Tensor (*with_distance)(const Tensor&, double)) {
  return {
      .samples =
          [=] {
            auto samples = unary_samples(function);
            samples.push_back({"distance 1.2",
                               {sample_values({3, 4})},
                               [=](auto x) { return with_distance(x[0], 1.2); },
                               {{"distance", {1.2}}}});
            return samples;
          },
      .rejections =
          [=] {
            auto rejections = floating_rejections(name, function);
            rejections.push_back({"a negative distance", [=] { with_distance(input({3}), -1); },
                                  name + ": expected a distance of 0 or more, but got -1"});
            return rejections;
          },
      .points = {{{0}, 0, 0},
                 {{0.5}, 0, 0},
                 {{-0.5}, 0, 0},
                 {{1000}, value_at_1000, 1},
                 {{-1000}, -value_at_1000, 1},
                 {{NAN}, NAN, NAN}},
  };
}

}  // namespace

static const RegisterSamples samples_of_softshrink{"softshrink",
                                                   shrink_samples("softshrink", 999.5, softshrink, softshrink)};

static const RegisterSamples samples_of_hardshrink{"hardshrink",
                                                   shrink_samples("hardshrink", 1000, hardshrink, hardshrink)};

static const RegisterSamples samples_of_tanhshrink{
    "tanhshrink",
    {
        .samples = [] { return unary_samples(tanhshrink); },
        .rejections = [] { return floating_rejections("tanhshrink", tanhshrink); },
        .points = {{{0}, 0, 0}, {{1000}, 999, 1}, {{-1000}, -999, 1}},
    }};

}  // namespace xgrad
