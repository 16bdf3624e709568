#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/softmax.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_categorical_crossentropy{
    "categorical_crossentropy",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, auto build) {
                samples.push_back({std::move(label),
                                   {sample_values(shape, 0, 1), sample_values(shape, 0.1, 1, 1)},
                                   std::move(build)});
              };
              const auto plain = [](auto x) { return categorical_crossentropy(x[0], x[1]); };
              const auto logits = [](auto x) { return categorical_crossentropy(x[0], x[1], {.from_logits = true}); };
              add("probabilities", {3, 4}, plain);
              add("three axes", {2, 3, 4}, plain);
              add("from logits", {3, 4}, logits);
              add("of softmax", {3, 4}, [](auto x) { return categorical_crossentropy(x[0], softmax(x[1])); });
              add("of softmax, axis 0", {3, 4},
                  [](auto x) { return categorical_crossentropy(x[0], softmax(x[1], 0)); });
              samples.back().arguments = {{"axis", {0}}};
              add("label smoothing", {3, 4}, [](auto x) {
                return categorical_crossentropy(x[0], x[1], {.from_logits = true, .label_smoothing = 0.3});
              });
              samples.back().arguments = {{"label_smoothing", {0.3}}};
              add("one element", {1}, logits);
              add("no samples", {0, 4}, plain);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"shapes that differ",
                   [] {
                     categorical_crossentropy(input({batch, 9}), input({batch, 10}));
                   },
                   "categorical_crossentropy: target shape (batch, 9) and prediction shape (batch, 10) differ"},
                  {"an integer target",
                   [] {
                     categorical_crossentropy(input({3, 4}, {}, DType::uint8), input({3, 4}));
                   },
                   "categorical_crossentropy: target dtype uint8 and prediction dtype float32 differ; cast the target"},
                  {"scalars", [] { categorical_crossentropy(input({}), input({})); },
                   "categorical_crossentropy: expected at least one axis"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({1, 0, 0}), special_array({2, -INFINITY, 1})},
                   .value = {0.31326168751822286},
                   .gradient = {-0.2689414213699951, 0, 0.2689414213699951},
                   .arguments = "{.from_logits = true}",
                   .build = [](auto x) { return categorical_crossentropy(x[0], x[1], {.from_logits = true}); }},
                  {.inputs = {special_array({0, 1}), special_array({1, 0})}, .value = {16.11809565095832}},
                  {.inputs = {special_array({1, 0}), special_array({NAN, 1})}, .value = {NAN}, .gradient = {NAN, NAN}}};
            },
    }};

}  // namespace xgrad
