#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/transpose.hpp>

#include <cmath>
#include <string>

namespace xgrad {
namespace {

Tensor flip(const Tensor& x) { return matrix_transpose("matmul", x); }

}  // namespace

static const RegisterSamples samples_of_matmul{
    "matmul",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents left, Extents right, bool flip_left = false,
                                   bool flip_right = false) {
                samples.push_back(
                    {std::move(label),
                     {sample_values(left), sample_values(right, -2, 2, 1)},
                     [=](auto x) { return matmul(flip_left ? flip(x[0]) : x[0], flip_right ? flip(x[1]) : x[1]); },
                     {{"flip_left", {flip_left ? 1.0 : 0.0}}, {"flip_right", {flip_right ? 1.0 : 0.0}}}});
              };
              add("stacks", {2, 3, 2}, {2, 2, 3});
              add("matrices", {2, 3}, {3, 2});
              add("vectors", {3}, {3});
              add("stack and matrix", {2, 2, 3}, {3, 2});
              add("stack and vector", {2, 2, 3}, {3});
              add("matrix and stack", {2, 3}, {4, 3, 2});
              add("vector and stack", {3}, {2, 3, 2});
              add("leading axes that broadcast", {2, 1, 2, 2}, {3, 2, 2});
              add("a leading axis of one", {1, 2, 3}, {2, 3, 2});
              add("left transposed", {2, 3, 2}, {2, 3, 2}, true, false);
              add("right transposed", {2, 2, 3}, {2, 2, 3}, false, true);
              add("both transposed", {2, 3, 2}, {2, 2, 3}, true, true);
              add("transposed matrix and stack", {3, 2}, {2, 2, 3}, true, true);
              add("one element", {1, 1, 1}, {1, 1, 1});
              add("no matrices", {0, 2, 3}, {0, 3, 2});
              add("nothing to sum", {2, 2, 0}, {2, 0, 3});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"inner sizes that differ",
                   [] {
                     matmul(input({batch, 2, 3}), input({batch, 4, 5}));
                   },
                   "matmul: shapes (batch, 2, 3) and (batch, 4, 5) do not fit: the last axis of the left, 3, and the "
                   "last "
                   "but one of the right, 4, must be equal"},
                  {"leading axes that do not broadcast",
                   [] {
                     matmul(input({2, 2, 3}), input({4, 3, 5}));
                   },
                   "matmul: shapes (2,) and (4,) do not broadcast"},
                  {"mixed dtypes",
                   [] {
                     matmul(input({2, 2, 3}), input({2, 3, 4}, {}, DType::float64));
                   },
                   "matmul: expected both sides to be float32 or both float64, but got float32 and float64"},
                  {"a scalar", [] { matmul(input({}), input({3})); },
                   "matmul: expected at least one axis on either side"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({0, 1}, {1, 2}), special_array({INFINITY, 1}, {2, 1})},
                   .value = {NAN},
                   .gradient = {INFINITY, 1},
                   .build = [](auto x) { return matmul(x[0], x[1]); }}};
            },
    }};

}  // namespace xgrad
