#pragma once

#include <xgrad/models/layers/layer_context.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>

#include <string>

namespace xgrad {

/// Each element times `scale` plus `offset`, as Keras' Rescaling: `Rescaling{.scale = 1.0 / 255}` takes raw bytes of
/// images to 0..1 as part of each step, so that no array of floats is ever made of them.
struct Rescaling {
  static constexpr std::string_view kind = "Rescaling";

  double scale;
  double offset = 0;
  Shape input_shape = {};  ///< of one sample; needed in the first layer of a model only
  std::string name = {};

  Tensor call(const Tensor& x, LayerContext&) const {
    const auto scaled = x * scale;
    return offset == 0 ? scaled : scaled + offset;
  }
};

}  // namespace xgrad
