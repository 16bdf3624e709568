#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/kron.hpp>

#include <cmath>
#include <string>

namespace xgrad {

static const RegisterSamples samples_of_kron{
    "kron",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // `expression` gives the same elements before the axes are joined, for the reference.
              const auto add = [&](std::string label, std::string expression, Extents left, Extents right) {
                samples.push_back({std::move(label),
                                   {sample_values(left), sample_values(right, -2, 2, 1)},
                                   [](auto x) { return kron(x[0], x[1]); },
                                   {{"expression", {expression.begin(), expression.end()}}}});
              };
              add("matrices", "ab,cd->acbd", {2, 2}, {3, 2});
              add("vectors", "a,b->ab", {3}, {2});
              add("vector and matrix", "b,cd->cbd", {3}, {2, 2});
              add("matrix and vector", "ab,d->abd", {2, 2}, {3});
              add("scalar and vector", ",a->a", {}, {3});
              add("one element", "ab,cd->acbd", {1, 1}, {1, 1});
              add("no elements", "a,b->ab", {0}, {2});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"mixed dtypes",
                   [] {
                     kron(input({2, 2}), input({2, 2}, {}, DType::float64));
                   },
                   "float32 and float64"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({0, 1}, {1, 2}), special_array({INFINITY, 2}, {1, 2})},
                   .value = {NAN, 0, INFINITY, 2},
                   .gradient = {INFINITY, INFINITY},
                   .build = [](auto x) { return kron(x[0], x[1]); }}};
            },
    }};

}  // namespace xgrad
