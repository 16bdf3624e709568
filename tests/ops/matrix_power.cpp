#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matrix_power.hpp>

#include "matrix_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_matrix_power{
    "matrix_power",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array x, std::int64_t exponent) {
                samples.push_back({std::move(label),
                                   {std::move(x)},
                                   [=](auto x) { return matrix_power(x[0], exponent); },
                                   {{"exponent", {static_cast<double>(exponent)}}}});
              };
              add("exponent 1", sample_values({2, 2}, -1, 1), 1);
              add("exponent 3", sample_values({3, 3}, -1, 1), 3);
              add("exponent 6, stack", sample_values({2, 2, 2}, -1, 1), 6);
              add("exponent 0", sample_values({2, 2, 2}), 0);
              add("exponent -1", invertible_values({3, 3}), -1);
              add("exponent -2, stack", invertible_values({2, 2, 2}), -2);
              add("one element", sample_values({1, 1}), 2);
              add("no matrices", sample_values({0, 2, 2}), 2);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"not square",
                   [] {
                     matrix_power(input({batch, 2, 3}), 2);
                   },
                   "matrix_power: expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                  {"a symbol",
                   [] {
                     matrix_power(input({batch, batch}), 0);
                   },
                   "matrix_power: expected matrices of a known size for exponent 0, but got shape (batch, batch)"},
                  {"integers",
                   [] {
                     matrix_power(input({2, 2}, {}, DType::int32), 2);
                   },
                   "matrix_power: expected float32 or float64"}};
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 0, 0, 0}, {2, 2})},
                                               .value = {1, 0, 0, 1},
                                               .gradient = {0, 0, 0, 0},
                                               .arguments = "0",
                                               .build = [](auto x) { return matrix_power(x[0], 0); }},
                                              {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2})},
                                               .value = {1, 0, 0, 1},
                                               .gradient = {0, 0, 0, 0},
                                               .arguments = "0",
                                               .build = [](auto x) { return matrix_power(x[0], 0); }}};
            },
    }};

}  // namespace xgrad
