#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/banded_product.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_banded_product{
    "banded_product",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, BandedMatrix matrix, std::vector<double> dense, Extents x,
                                   std::int64_t axis) {
                samples.push_back({std::move(label),
                                   {sample_values(x)},
                                   [=](auto inputs) { return banded_product(matrix, inputs[0], axis); },
                                   {{"axis", {static_cast<double>(axis)}}, {"matrix", std::move(dense)}}});
              };
              add("last axis", {3, {{0, {0.5, 2}}, {2, {-1}}}}, {0.5, 2, 0, 0, 0, -1}, {2, 3}, -1);
              add("axis in the middle", {2, {{1, {3}}, {0, {0.25, 1}}, {0, {2}}}}, {0, 3, 0.25, 1, 2, 0}, {2, 2, 3}, 1);
              add("first axis", {2, {{0, {1, -2}}}}, {1, -2}, {2, 3}, 0);
              add("a row of zeros", {2, {{1, {4}}, {}, {1, {3}}}}, {0, 4, 0, 0, 0, 3}, {3, 2}, 1);
              add("one element", {1, {{0, {3}}}}, {3}, {1}, 0);
              add("no elements", {2, {{0, {1, 1}}}}, {1, 1}, {0, 2}, 1);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"an axis of another size",
                   [] {
                     banded_product({3, {{0, {1}}}}, input({batch, 2}), 1);
                   },
                   "banded_product: a matrix of shape (1, 3) and axis 1 of x (batch, 2) do not fit"},
                  {"a symbol as axis",
                   [] {
                     banded_product({3, {{0, {1}}}}, input({batch, 2}), 0);
                   },
                   "expected as many columns as the axis has elements, batch"},
                  {"values outside",
                   [] {
                     banded_product({2, {{1, {1, 1}}}}, input({3, 2}), 1);
                   },
                   "banded_product: expected values in columns 0 to 2, but got a row from column 1 to 3"},
                  {"integers",
                   [] {
                     banded_product({2, {{0, {1}}}}, input({3, 2}, {}, DType::int32), 1);
                   },
                   "banded_product: expected float32 or float64, but got int32"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 1})},
                                               .value = {4, 0},
                                               .gradient = {0, 4},
                                               .arguments = "the rows {0, 4} and {0, 0}",
                                               .build = [](auto x) {
                                                 return banded_product({2, {{1, {4}}, {}}}, x[0], 0);
                                               }}};
            },
    }};

}  // namespace xgrad
