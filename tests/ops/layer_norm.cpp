#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/layer_norm.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_layer_norm{
    "layer_norm",
    {
        .samples =
            [] {
              const auto sample = [](std::string label, Extents x, Extents scale, double epsilon = 1e-5) {
                return Sample{
                    std::move(label),
                    {sample_values(std::move(x)), sample_values(scale, 0.5, 1.5, 1), sample_values(scale, -1, 1, 2)},
                    [epsilon](auto inputs) { return layer_norm(inputs[0], inputs[1], inputs[2], epsilon); },
                    {{"epsilon", {epsilon}}}};
              };
              return std::vector<Sample>{
                  sample("last axis", {3, 5}, {5}),        sample("two axes", {2, 3, 4}, {3, 4}),
                  sample("of three axes", {2, 3, 4}, {4}), sample("vector", {6}, {6}),
                  sample("epsilon 0.1", {3, 5}, {5}, 0.1), sample("long rows", {2, 37}, {37}),
                  sample("one element", {1, 1}, {1}),      sample("no rows", {0, 3}, {3}),
              };
            },
        .rejections =
            [] {
              const auto floats = [](Shape shape) { return input(std::move(shape)); };
              return std::vector<Rejection>{
                  {"another size",
                   [=] {
                     layer_norm(floats({2, 3}), floats({4}), floats({4}));
                   },
                   "layer_norm: expected scale and offset to have the shape of the last axes of x, but got x (2, 3), "
                   "scale "
                   "(4,), "
                   "offset (4,); a scale of shape (3,)"},
                  {"offset of another size",
                   [=] {
                     layer_norm(floats({2, 3}), floats({3}), floats({2}));
                   },
                   "layer_norm: expected scale and offset"},
                  {"too many axes",
                   [=] {
                     layer_norm(floats({3}), floats({2, 3}), floats({2, 3}));
                   },
                   "layer_norm: expected scale and offset"},
                  {"a scalar", [=] { layer_norm(floats({}), floats({}), floats({})); },
                   "layer_norm: expected scale and offset"},
                  {"integer input", [=] { layer_norm(input({3}, {}, DType::int32), floats({3}), floats({3})); },
                   "layer_norm: expected float32 or float64, but got int32"},
                  {"epsilon 0", [=] { layer_norm(floats({3}), floats({3}), floats({3}), 0); },
                   "layer_norm: expected a positive epsilon, but got 0"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({3, 3}, {1, 2}), special_array({1, 1}), special_array({0.5, 0.5})},
                   .value = {0.5, 0.5},
                   .gradient = {0, 0},
                   .build = [](auto x) { return layer_norm(x[0], x[1], x[2]); }},
                  {.inputs = {special_array({NAN, 1}, {1, 2}), special_array({1, 1}), special_array({0, 0})},
                   .value = {NAN, NAN},
                   .gradient = {NAN, NAN},
                   .build = [](auto x) { return layer_norm(x[0], x[1], x[2]); }}};
            },
    }};

}  // namespace xgrad
