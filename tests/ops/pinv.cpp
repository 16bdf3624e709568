#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/pinv.hpp>

#include "matrix_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_pinv{
    "pinv",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array x) {
                samples.push_back({std::move(label), {std::move(x)}, [](auto x) { return pinv(x[0]); }});
              };
              for_each_sample_matrix(add);
              add("matrices of no columns", sample_values({2, 3, 0}));
              // Of a rank that is the same however the factors vary.
              const auto add_product = [&](std::string label, Extents left, Extents right) {
                samples.push_back({std::move(label),
                                   {separated_values(left), separated_values(right)},
                                   [](auto x) { return pinv(matmul(x[0], x[1]), 1e-3); },
                                   {{"rcond", {1e-3}}}});
              };
              add_product("rank 2 of 3", {3, 2}, {2, 3});
              add_product("rank 1 of 2, tall", {3, 1}, {1, 2});
              add_product("rank 1 of 2, wide", {2, 1}, {1, 3});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = matrix_rejections("pinv", [](const Tensor& x) { pinv(x); });
              rejections.push_back({"a negative rcond",
                                    [] {
                                      pinv(input({2, 2}), -1);
                                    },
                                    "pinv: expected an rcond of 0 or more, but got -1"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 0, 0, 0}, {2, 2})},
                                               .value = {0, 0, 0, 0},
                                               .gradient = {0, 0, 0, 0},
                                               .build = [](auto x) { return pinv(x[0]); }}};
            },
    }};

}  // namespace xgrad
