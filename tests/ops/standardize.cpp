#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/standardize.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_standardize{
    "standardize",
    {
        .samples =
            [] {
              const auto sample = [](std::string label, Extents x, double epsilon = 1e-5) {
                return Sample{std::move(label),
                              {sample_values(std::move(x))},
                              [epsilon](auto x) { return standardize(x[0], epsilon); },
                              {{"epsilon", {epsilon}}}};
              };
              return std::vector<Sample>{
                  sample("matrix", {3, 5}),     sample("three axes", {2, 2, 4}),    sample("vector", {6}),
                  sample("long rows", {2, 37}), sample("epsilon 0.1", {3, 4}, 0.1), sample("one element", {1, 1}),
                  sample("no rows", {0, 3}),
              };
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a scalar", [] { standardize(input({})); }, "standardize: axis -1 does not exist"},
                  {"integer input", [] { standardize(input({3}, {}, DType::int32)); },
                   "standardize: expected float32 or float64, but got int32"},
                  {"epsilon 0", [] { standardize(input({3}), 0); },
                   "standardize: expected a positive epsilon, but got 0"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({3, 3})}, .value = {0, 0}, .gradient = {0, 0}},
                  {.inputs = {special_array({-1e20, 1e20})}, .value = {-1, 1}, .gradient = {0, 0}},
                  {.inputs = {special_array({INFINITY, 1})}, .value = {NAN, NAN}, .gradient = {NAN, NAN}}};
            },
    }};

}  // namespace xgrad
