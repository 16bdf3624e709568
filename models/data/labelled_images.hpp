#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <cstdint>

namespace xgrad {

/// Grey images and the class of each.
struct LabelledImages {
  /// (count, height, width), from 0 for the background to 255.
  xt::xarray<std::uint8_t> images;
  /// (count,), from 0.
  xt::xarray<std::uint8_t> labels;
};

/// What a model learns from and what it is judged on:
/// `auto [train, test] = xgrad::mnist(folder); auto& [x_train, y_train] = train;`
struct ImageDataset {
  LabelledImages train;
  LabelledImages test;
};

namespace internal {

// For the inline functions below: no type of xtensor crosses the border of the shared library (docs/safety.md).
struct LabelledArrays {
  Array images;
  Array labels;
};
struct ArrayDataset {
  LabelledArrays train;
  LabelledArrays test;
};

inline ImageDataset image_dataset(const ArrayDataset& data) {
  return {.train = {data.train.images, data.train.labels}, .test = {data.test.images, data.test.labels}};
}

}  // namespace internal

}  // namespace xgrad
