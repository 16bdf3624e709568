#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/solve.hpp>

#include "matrix_samples.hpp"
#include <cmath>
#include <vector>

namespace xgrad {
namespace {

OperatorSamples solve_samples(std::string name, Tensor (*function)(const Tensor&, const Tensor&, bool),
                              bool is_triangular) {
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents matrix, Extents right, bool lower = true) {
              samples.push_back({std::move(label),
                                 {invertible_values(matrix), sample_values(right, -2, 2, 1)},
                                 [=](auto x) { return function(x[0], x[1], lower); },
                                 {{"lower", {lower ? 1.0 : 0.0}}}});
            };
            add("matrices", {3, 3}, {3, 2});
            if (is_triangular) add("upper", {3, 3}, {3, 2}, false);
            if (is_triangular) add("stack of upper ones", {2, 2, 2}, {2, 2, 1}, false);
            add("vector", {3, 3}, {3});
            add("stacks", {2, 2, 2}, {2, 2, 3});
            add("one matrix, many sides", {2, 2}, {3, 2, 1});
            add("many matrices, one side", {3, 2, 2}, {2, 1});
            add("many matrices, one vector", {3, 2, 2}, {2});
            add("one element", {1, 1}, {1});
            add("no columns", {2, 2}, {2, 0});
            add("no matrices", {0, 2, 2}, {0, 2, 1});
            return samples;
          },
      .rejections =
          [=] {
            const auto x = input({batch, 3, 3});
            return std::vector<Rejection>{
                {"not square",
                 [=] {
                   function(input({batch, 2, 3}), input({3}), true);
                 },
                 name + ": expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                {"another number of rows",
                 [=] {
                   function(x, input({batch, 2, 3}), true);
                 },
                 name + ": expected a right side with as many rows as the matrices have, but got shapes (batch, 3, 3) "
                        "and (batch, 2, 3)"},
                {"a scalar", [=] { function(x, input({}), true); }, name + ": expected a right side with"},
                {"stacks that do not broadcast",
                 [=] {
                   function(input({2, 3, 3}), input({4, 3, 1}), true);
                 },
                 name + ": shapes (2,) and (4,) do not broadcast"},
                {"mixed dtypes", [=] { function(x, input({3}, {}, DType::float64), true); },
                 name + ": expected both sides to have one dtype, but got float32 and float64"}};
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_solve{
    "solve",
    with_cases(
        solve_samples(
            "solve", [](const Tensor& matrix, const Tensor& right, bool) { return solve(matrix, right); }, false),
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2}), special_array({1, 1}, {2, 1})},
               .value = {NAN, NAN},
               .gradient = {NAN, NAN, NAN, NAN},
               .build = [](auto x) { return solve(x[0], x[1]); }}};
        })};

static const RegisterSamples samples_of_solve_triangular{
    "solve_triangular", with_cases(solve_samples("solve_triangular", solve_triangular, true), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({2, NAN, 0, 1}, {2, 2}), special_array({1, 1}, {2, 1})},
                                       .value = {0.5, 1},
                                       .gradient = {-0.25, 0, -0.5, -1},
                                       .build = [](auto x) { return solve_triangular(x[0], x[1]); }},
                                      {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2}), special_array({1, 1}, {2, 1})},
                                       .value = {NAN, NAN},
                                       .gradient = {NAN, 0, NAN, NAN},
                                       .build = [](auto x) { return solve_triangular(x[0], x[1]); }}};
    })};

}  // namespace xgrad
