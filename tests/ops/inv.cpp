#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/inv.hpp>

#include "matrix_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_inv{
    "inv",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape) {
                samples.push_back({std::move(label), {invertible_values(shape)}, [](auto x) { return inv(x[0]); }});
              };
              add("matrix", {3, 3});
              add("stack", {2, 3, 3});
              add("two leading axes", {2, 1, 2, 2});
              add("one element", {1, 1});
              add("no matrices", {0, 2, 2});
              add("matrices of nothing", {2, 0, 0});
              samples.push_back({"rows to exchange",
                                 {xt::xarray<double>{{0, 2, 1}, {1, 0.5, 0}, {0.5, 0, 3}}},
                                 [](auto x) { return inv(x[0]); }});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"not square",
                   [] {
                     inv(input({batch, 2, 3}));
                   },
                   "inv: expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                  {"a vector", [] { inv(input({3})); }, "inv: expected square matrices in the last two axes"},
                  {"integers",
                   [] {
                     inv(input({2, 2}, {}, DType::int32));
                   },
                   "inv: expected float32 or float64"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({INFINITY, 0, 0, 1}, {2, 2})},
                                               .value = {NAN, NAN, NAN, NAN},
                                               .gradient = {NAN, NAN, NAN, NAN}},
                                              {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2})},
                                               .value = {NAN, NAN, NAN, NAN},
                                               .gradient = {NAN, NAN, NAN, NAN}}};
            },
    }};

}  // namespace xgrad
