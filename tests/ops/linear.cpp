#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/linear.hpp>
#include <xgrad/ops/transpose.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_linear{
    "linear",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, Extents w, Extents b) {
                samples.push_back({std::move(label),
                                   {sample_values(x), sample_values(w, -1, 1, 1), sample_values(b, -1, 1, 2)},
                                   [](auto x) { return linear(x[0], x[1], x[2]); }});
              };
              add("matrix", {4, 3}, {3, 2}, {2});
              add("three axes", {2, 4, 3}, {3, 2}, {2});
              add("vector", {3}, {3, 2}, {2});
              add("one element", {1, 1}, {1, 1}, {1});
              add("no rows", {0, 3}, {3, 2}, {2});
              samples.push_back({"without b", {sample_values({4, 3}), sample_values({3, 2}, -1, 1, 1)}, [](auto x) {
                                   return linear(x[0], x[1]);
                                 }});
              samples.push_back({"PyTorch's layout",
                                 {sample_values({4, 3}), sample_values({2, 3}, -1, 1, 1), sample_values({2}, -1, 1, 2)},
                                 [](auto x) { return linear(x[0], transpose(x[1]), x[2]); },
                                 {{"transposed", {1}}}});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"PyTorch's layout of w",
                   [] {
                     linear(input({4, 3}), input({2, 3}), input({2}));
                   },
                   "linear: expected x of shape (..., k) and w of shape (k, n), but got (4, 3) and (2, 3); "
                   "transpose(w)"},
                  {"b of another size",
                   [] {
                     linear(input({4, 3}), input({3, 2}), input({3}));
                   },
                   "linear: expected b of shape (2,), a number for each column of w, but got (3,)"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({0, 1}, {1, 2}), special_array({INFINITY, 1}, {2, 1}), special_array({1})},
                   .value = {NAN},
                   .gradient = {INFINITY, 1},
                   .build = [](auto x) { return linear(x[0], x[1], x[2]); }}};
            },
    }};

}  // namespace xgrad
