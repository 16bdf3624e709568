#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/binary_crossentropy.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/sigmoid.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_binary_crossentropy{
    "binary_crossentropy",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, auto build) {
                samples.push_back({std::move(label),
                                   {sample_values(shape, 0, 1), sample_values(shape, 0.1, 0.9, 1)},
                                   std::move(build)});
              };
              const auto plain = [](auto x) { return binary_crossentropy(x[0], x[1]); };
              const auto logits = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); };
              add("probabilities", {3, 4}, plain);
              add("from logits", {3, 4}, logits);
              add("of sigmoid", {3, 4}, [](auto x) { return binary_crossentropy(x[0], sigmoid(x[1])); });
              add("label smoothing", {3, 4},
                  [](auto x) { return binary_crossentropy(x[0], x[1], {.label_smoothing = 0.3}); });
              samples.back().arguments = {{"label_smoothing", {0.3}}};
              add("one element", {1}, plain);
              add("no samples", {0, 1}, plain);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"shapes that differ",
                   [] {
                     binary_crossentropy(input({batch}), input({batch, 1}));
                   },
                   "binary_crossentropy: target shape (batch,) and prediction shape (batch, 1) differ"},
                  {"an integer target",
                   [] {
                     binary_crossentropy(input({3, 1}, {}, DType::int32), input({3, 1}));
                   },
                   "binary_crossentropy: target dtype int32 and prediction dtype float32 differ; cast the target"},
                  {"too much smoothing", [] { binary_crossentropy(input({3}), input({3}), {.label_smoothing = 1.5}); },
                   "binary_crossentropy: expected a label_smoothing from 0 to 1, but got 1.5"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({1}), special_array({0})}, .value = {16.11809565095832}, .gradient = {0}},
                  {.inputs = {special_array({0}), special_array({1})}, .value = {16.11809565095832}, .gradient = {0}},
                  {.inputs = {special_array({0}), special_array({-INFINITY})},
                   .value = {0},
                   .gradient = {0},
                   .arguments = "{.from_logits = true}",
                   .build = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); }},
                  {.inputs = {special_array({1}), special_array({INFINITY})},
                   .value = {0},
                   .gradient = {0},
                   .arguments = "{.from_logits = true}",
                   .build = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); }},
                  {.inputs = {special_array({0}), special_array({INFINITY})},
                   .value = {INFINITY},
                   .gradient = {1},
                   .arguments = "{.from_logits = true}",
                   .build = [](auto x) { return binary_crossentropy(x[0], x[1], {.from_logits = true}); }},
                  {.inputs = {special_array({1}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
            },
    }};

}  // namespace xgrad
