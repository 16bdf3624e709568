#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/matrix_norm.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/norm.hpp>

#include <fmt/format.h>

#include "matrix_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_matrix_norm{
    "matrix_norm",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // Orders 3 and 4 stand for the norms that have a name.
              const auto add = [&](std::string label, Extents shape, double order, bool keepdims = false) {
                const auto name = order == 3 ? "fro" : order == 4 ? "nuc" : fmt::format("order {}", order);
                samples.push_back({name + ", " + label,
                                   {separated_values(shape)},
                                   [=](auto x) {
                                     return order > 2 && order < INFINITY ? matrix_norm(x[0], name, keepdims)
                                                                          : matrix_norm(x[0], order, keepdims);
                                   },
                                   {{"order", {order}}, {"keepdims", {keepdims ? 1.0 : 0.0}}}});
              };
              for (double order : std::vector<double>{3, 4, 1, -1, 2, -2, INFINITY, -INFINITY}) {
                add("stack", {2, 3, 2}, order);
                add("wide, keepdims", {2, 3}, order, true);
                add("no matrices", {0, 2, 2}, order);
              }
              add("one element", {1, 1}, 3);
              add("matrices of nothing", {2, 0, 3}, 3);
              add("matrices of nothing", {2, 0, 3}, 4);
              return samples;
            },
        .rejections =
            [] {
              const auto x = input({2, 3});
              return std::vector<Rejection>{
                  {"a vector", [] { matrix_norm(input({3})); },
                   "matrix_norm: expected matrices in the last two axes, but got shape (3,)"},
                  {"another name", [=] { matrix_norm(x, "max"); },
                   "matrix_norm: expected 'fro', 'nuc' or a number, but got 'max'"},
                  {"another order", [=] { matrix_norm(x, 3); },
                   "matrix_norm: expected an order of 1, 2 or infinity, or one of these negated, but got 3"},
                  {"the largest of nothing",
                   [] {
                     matrix_norm(input({2, 0, 3}), 2);
                   },
                   "matrix_norm: axis 1 of shape (2, 0, 1) is empty"},
                  {"integers",
                   [] {
                     matrix_norm(input({2, 2}, {}, DType::int32));
                   },
                   "matrix_norm: expected float32 or float64"}};
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 0, 0, 0}, {2, 2})},
                                               .value = {0},
                                               .gradient = {0, 0, 0, 0},
                                               .build = [](auto x) { return matrix_norm(x[0]); }},
                                              {.inputs = {special_array({3e30, 0, 0, 4e30}, {2, 2})},
                                               .value = {5e+30},
                                               .gradient = {0.6, 0, 0, 0.8},
                                               .build = [](auto x) { return matrix_norm(x[0]); }},
                                              {.inputs = {special_array({1, NAN, 1, 1}, {2, 2})},
                                               .value = {NAN},
                                               .gradient = {NAN, NAN, NAN, NAN},
                                               .arguments = "-1",
                                               .build = [](auto x) { return matrix_norm(x[0], -1.0); }}};
            },
    }};

}  // namespace xgrad
