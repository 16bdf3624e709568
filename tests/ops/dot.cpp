#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/transpose.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_dot{
    "dot",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents left, Extents right) {
                samples.push_back({std::move(label), {sample_values(left), sample_values(right, -2, 2, 1)}, [](auto x) {
                                     return dot(x[0], x[1]);
                                   }});
              };
              const auto add_transposed = [&](std::string label, Extents left, Extents right, bool flip_left,
                                              bool flip_right) {
                samples.push_back(
                    {std::move(label), {sample_values(left), sample_values(right, -2, 2, 1)}, [=](auto x) {
                       return dot(flip_left ? transpose(x[0]) : x[0], flip_right ? transpose(x[1]) : x[1]);
                     }});
              };
              add("matrices", {2, 3}, {3, 4});
              add("vectors", {3}, {3});
              add("matrix and vector", {2, 3}, {3});
              add("vector and matrix", {3}, {3, 4});
              add("three axes and matrix", {2, 4, 3}, {3, 5});
              add("three axes and vector", {2, 4, 3}, {3});
              add_transposed("left transposed", {3, 2}, {3, 4}, true, false);
              add_transposed("right transposed", {2, 3}, {4, 3}, false, true);
              add_transposed("both transposed", {3, 2}, {4, 3}, true, true);
              add("one element", {1, 1}, {1, 1});
              add("no rows", {0, 3}, {3, 2});
              add("nothing to sum", {2, 0}, {0, 3});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"inner sizes that differ",
                   [] {
                     dot(input({batch, 784}), input({10, 32}));
                   },
                   "dot: shapes (batch, 784) and (10, 32) do not fit: the last axis of the left, 784, and the first of "
                   "the "
                   "right, 10, must be equal"},
                  {"mixed dtypes",
                   [] {
                     dot(input({2, 3}), input({3, 4}, {}, DType::float64));
                   },
                   "dot: expected both sides to be float32 or both float64, but got float32 and float64"},
                  {"integers", [] { dot(input({3}, {}, DType::int32), input({3}, {}, DType::int32)); },
                   "dot: expected both sides to be float32 or both float64, but got int32 and int32"},
                  {"a scalar", [] { dot(input({}), input({3})); }, "dot: expected at least one axis on the left"},
                  {"three axes on the right",
                   [] {
                     dot(input({2, 3}), input({4, 3, 2}));
                   },
                   "one or two on the right, but got shapes (2, 3) and (4, 3, 2)"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                               .value = {NAN},
                                               .gradient = {INFINITY, 1}}};
            },
    }};

}  // namespace xgrad
