#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace xgrad {

/// The samples that operators share whose indices choose along an axis at every place of the others. `make` makes one
/// of x, the indices and the axis, without a label.
inline std::vector<Sample> along_axis_samples(const std::function<Sample(Extents, Array, std::int64_t)>& make) {
  std::vector<Sample> samples;
  const auto add = [&](std::string label, Extents x, Array indices, std::int64_t axis) {
    samples.push_back(make(std::move(x), std::move(indices), axis));
    samples.back().label = std::move(label);
    samples.back().arguments = {{"axis", {static_cast<double>(axis)}}};
  };
  add("axis 0, an index twice", {3, 2}, xt::xarray<std::int64_t>{{2, 0}, {0, 0}}, 0);
  add("axis 1, from the end", {2, 4}, xt::xarray<int>{{-1, 0, 1}, {3, -4, -1}}, 1);
  add("the axis in the middle", {2, 3, 2}, Array(xt::xarray<std::uint8_t>{1, 0, 2, 2}).reshaped({2, 1, 2}), -2);
  add("indices smaller than x", {3, 4}, Array(xt::xarray<int>{2, 0, 1}).reshaped({1, 3}), 0);
  add("one element", {1}, xt::xarray<int>{0}, 0);
  add("no indices", {3, 2}, Array(DType::int32, {0, 2}), 0);
  add("rows without elements", {3, 0}, Array(DType::int32, {1, 0}), 0);
  return samples;
}

/// The same for functions of x, an axis and indices.
inline std::vector<Sample> along_axis_samples(Tensor (*function)(const Tensor&, std::int64_t, const Tensor&)) {
  return along_axis_samples([=](Extents x, Array indices, std::int64_t axis) {
    return Sample{{}, {sample_values(std::move(x)), std::move(indices)}, [=](auto inputs) {
                    return function(inputs[0], axis, inputs[1]);
                  }};
  });
}

}  // namespace xgrad
