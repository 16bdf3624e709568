#pragma once

#include <xgrad/models/layers/layer_context.hpp>
#include <xgrad/ops/reshape.hpp>

#include <string>

namespace xgrad {

/// Each sample as one vector: (batch, 28, 28) -> (batch, 784). (batch,) becomes (batch, 1).
struct Flatten {
  static constexpr std::string_view kind = "Flatten";

  Shape input_shape = {};  ///< of one sample; needed in the first layer of a model only
  std::string name = {};

  Tensor call(const Tensor& x, LayerContext&) const { return flatten(x); }
};

}  // namespace xgrad
