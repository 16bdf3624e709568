#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/triplet.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_triplet{
    "triplet",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, TripletOptions options = {}) {
                samples.push_back(
                    {std::move(label),
                     {sample_values(shape), sample_values(shape, -2, 2, 1), sample_values(shape, -2, 2, 2)},
                     [=](auto x) { return triplet(x[0], x[1], x[2], options); },
                     {{"margin", {options.margin}}, {"epsilon", {options.epsilon}}}});
              };
              add("matrices", {2, 4});
              add("three axes", {2, 2, 2});
              add("margin 0.2", {2, 3}, {.margin = 0.2, .epsilon = 1e-3});
              add("one element", {1});
              add("no samples", {0, 4});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a positive of another shape",
                   [] {
                     triplet(input({2, 3}), input({2, 4}), input({2, 3}));
                   },
                   "triplet, positive: target shape (2, 4) and prediction shape (2, 3) differ"},
                  {"a negative of another dtype",
                   [] { triplet(input({3}), input({3}), input({3}, {}, DType::float64)); },
                   "triplet, negative: target dtype float64 and prediction dtype float32 differ"},
                  {"epsilon 0", [] { triplet(input({3}), input({3}), input({3}), {.epsilon = 0}); },
                   "triplet: expected an epsilon above 0, but got 0"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({0}, {1, 1}), special_array({0}, {1, 1}), special_array({3}, {1, 1})},
                   .value = {0},
                   .gradient = {0},
                   .build = [](auto x) { return triplet(x[0], x[1], x[2]); }},
                  {.inputs = {special_array({0}, {1, 1}), special_array({0}, {1, 1}), special_array({NAN}, {1, 1})},
                   .value = {NAN},
                   .gradient = {NAN},
                   .build = [](auto x) { return triplet(x[0], x[1], x[2]); }}};
            },
    }};

}  // namespace xgrad
