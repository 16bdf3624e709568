#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/ctc.hpp>
#include <xgrad/ops/ctc/ctc_lattice.hpp>
#include <xgrad/ops/reshape.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_ctc{
    "ctc",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array target, Extents prediction, Array steps, Array labels,
                                   std::int64_t blank = 0) {
                samples.push_back({std::move(label),
                                   {std::move(target), sample_values(prediction), std::move(steps), std::move(labels)},
                                   [=](auto x) { return ctc(x[0], x[1], x[2], x[3], {.blank = blank}); },
                                   {{"blank", {static_cast<double>(blank)}}}});
              };
              add("different and equal labels", xt::xarray<int>{{1, 2}, {1, 1}}, {2, 4, 3}, xt::xarray<int>{4, 4},
                  xt::xarray<int>{2, 2});
              add("padded", xt::xarray<int>{{2, 0}, {1, 2}}, {2, 4, 3}, xt::xarray<int>{3, 2}, xt::xarray<int>{1, 2});
              add("no labels", xt::xarray<int>{{2, 0}}, {1, 3, 3}, xt::xarray<int>{3}, xt::xarray<int>{0});
              add("blank 2", xt::xarray<int>{{0, 1}}, {1, 3, 3}, xt::xarray<int>{3}, xt::xarray<int>{2}, 2);
              add("one element", Array(xt::xarray<int>{1}).reshaped({1, 1}), {1, 1, 2}, xt::xarray<int>{1},
                  xt::xarray<int>{1});
              add("no samples", Array(DType::int32, {0, 2}), {0, 4, 3}, Array(DType::int32, {0}),
                  Array(DType::int32, {0}));
              return samples;
            },
        .rejections =
            [] {
              const auto of = [](TensorType target, TensorType prediction, Shape lengths, std::int64_t blank = 0) {
                return [=] {
                  const auto sizes = input(lengths, {}, DType::int32);
                  ctc(input(target.shape, {}, target.dtype), input(prediction.shape, {}, prediction.dtype), sizes,
                      sizes, {.blank = blank});
                };
              };
              const TensorType labels{DType::int32, {batch, 2}};
              const TensorType logits{DType::float32, {batch, 4, 3}};
              return std::vector<Rejection>{
                  {"an integer prediction", of(labels, {DType::int32, {batch, 4, 3}}, {batch}),
                   "ctc: expected float32 or float64, but got int32"},
                  {"labels that are no integers", of({DType::float32, {batch, 2}}, logits, {batch}),
                   "ctc: expected integer labels, but got float32"},
                  {"lengths of another shape", of(labels, logits, {}),
                   "ctc: expected target (batch, labels), prediction (batch, steps, classes) and lengths (batch,), but "
                   "got "
                   "(batch, 2), (batch, 4, 3), () and ()"},
                  {"an unknown number of steps",
                   of(labels, {DType::float32, {batch, Dim::symbol("steps"), 3}}, {batch}),
                   "ctc: expected known numbers of labels, steps and classes"},
                  {"a blank that is no class", of(labels, logits, {batch}, 3),
                   "ctc: expected a blank from 0 to 2, one of the classes, but got 3"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({1, 1}, {1, 2}).cast(DType::int32), special_array({0, 0, 0, 0}, {1, 2, 2}),
                              special_array({2}).cast(DType::int32), special_array({2}).cast(DType::int32)},
                   .value = {INFINITY}}};
            },
    }};

}  // namespace xgrad
