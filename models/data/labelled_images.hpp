#pragma once

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

}  // namespace xgrad
