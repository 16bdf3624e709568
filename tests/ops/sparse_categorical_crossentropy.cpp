#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/sparse_categorical_crossentropy.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_sparse_categorical_crossentropy{
    "sparse_categorical_crossentropy",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array target, Extents shape, auto build) {
                samples.push_back(
                    {std::move(label), {std::move(target), sample_values(shape, 0.1, 1)}, std::move(build)});
              };
              const auto plain = [](auto x) { return sparse_categorical_crossentropy(x[0], x[1]); };
              const auto logits = [](auto x) {
                return sparse_categorical_crossentropy(x[0], x[1], {.from_logits = true});
              };
              const xt::xarray<int> labels{2, 0, 3};
              add("probabilities", labels, {3, 4}, plain);
              add("column of labels", Array(xt::xarray<std::uint8_t>{2, 0, 3}).reshaped({3, 1}), {3, 4}, plain);
              add("three axes", xt::xarray<int>{{2, 0, 1}, {3, 1, 0}}, {2, 3, 4}, plain);
              add("from logits", labels, {3, 4}, logits);
              add("of softmax", labels, {3, 4},
                  [](auto x) { return sparse_categorical_crossentropy(x[0], softmax(x[1])); });
              add("out of range", xt::xarray<int>{-1, 4, 1}, {3, 4}, logits);
              add("label smoothing", xt::xarray<int>{-1, 2, 1}, {3, 4}, [](auto x) {
                return sparse_categorical_crossentropy(x[0], x[1], {.from_logits = true, .label_smoothing = 0.3});
              });
              samples.back().arguments = {{"label_smoothing", {0.3}}};
              add("one element", 0, {1}, logits);
              add("no samples", Array(DType::int64, {0}), {0, 4}, plain);
              return samples;
            },
        .rejections =
            [] {
              const auto of = [](DType dtype, Shape target, Shape prediction) {
                return [=] { sparse_categorical_crossentropy(input(target, {}, dtype), input(prediction)); };
              };
              return std::vector<Rejection>{
                  {"labels that are no integers", of(DType::float32, {batch}, {batch, 10}),
                   "sparse_categorical_crossentropy: expected integer labels, but got float32"},
                  {"one-hot targets", of(DType::int32, {batch, 10}, {batch, 10}),
                   "sparse_categorical_crossentropy: target shape (batch, 10) and prediction shape (batch, 10) do not "
                   "fit"},
                  {"a scalar prediction", of(DType::int32, {}, {}),
                   "target shape () and prediction shape () do not fit"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({0}).cast(DType::int64), special_array({2, -INFINITY, 1}, {1, 3})},
                   .value = {0.31326168751822286},
                   .arguments = "{.from_logits = true}",
                   .build = [](auto x) { return sparse_categorical_crossentropy(x[0], x[1], {.from_logits = true}); }},
                  {.inputs = {special_array({1}).cast(DType::int64), special_array({1, 0}, {1, 2})},
                   .value = {16.11809565095832},
                   .build = [](auto x) { return sparse_categorical_crossentropy(x[0], x[1]); }}};
            },
    }};

}  // namespace xgrad
