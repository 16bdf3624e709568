#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/huber.hpp>
#include <xgrad/ops/loss_arguments.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {

/// Of both, whose bend lies at 1 unless it is given.
static std::vector<SpecialCase> cases_with_bend_at_one() {
  return std::vector<SpecialCase>{
      {.inputs = {special_array({0}), special_array({1})}, .value = {0.5}, .gradient = {1}},
      {.inputs = {special_array({0}), special_array({INFINITY})}, .value = {INFINITY}, .gradient = {1}},
      {.inputs = {special_array({0}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
}

static const RegisterSamples samples_of_huber{
    "huber",
    {
        .samples =
            [] {
              auto samples = loss_samples([](auto t, auto p) { return huber(t, p); });
              samples.push_back(loss_sample("delta 0.4", [](auto t, auto p) { return huber(t, p, {.delta = 0.4}); },
                                            {{"delta", {0.4}}}));
              return samples;
            },
        .rejections =
            [] {
              auto rejections = loss_rejections("huber", huber);
              rejections.push_back({"delta 0", [] { huber(input({3}), input({3}), {.delta = 0}); },
                                    "huber: expected a delta above 0, but got 0"});
              return rejections;
            },
        .cases = cases_with_bend_at_one,
    }};

static const RegisterSamples samples_of_smooth_l1{
    "smooth_l1",
    {
        .samples =
            [] {
              auto samples = loss_samples([](auto t, auto p) { return smooth_l1(t, p); });
              for (double beta : {0.4, 0.0}) {
                samples.push_back(loss_sample("beta " + std::string(beta == 0 ? "0" : "0.4"),
                                              [=](auto t, auto p) { return smooth_l1(t, p, {.beta = beta}); },
                                              {{"beta", {beta}}}));
              }
              return samples;
            },
        .rejections =
            [] {
              auto rejections = loss_rejections("smooth_l1", smooth_l1);
              rejections.push_back({"a negative beta", [] { smooth_l1(input({3}), input({3}), {.beta = -1}); },
                                    "smooth_l1: expected a beta of 0 or more, but got -1"});
              return rejections;
            },
        .cases = cases_with_bend_at_one,
    }};

}  // namespace xgrad
