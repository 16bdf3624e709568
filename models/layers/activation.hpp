#pragma once

#include <xgrad/models/layers/activation_function.hpp>
#include <xgrad/models/layers/layer_context.hpp>

#include <string>

namespace xgrad {

/// A function applied to the result of the layer before: `Activation{xg::relu}` or `Activation{"relu"}`.
struct Activation {
  static constexpr std::string_view kind = "Activation";

  ActivationFunction activation;
  Shape input_shape = {};  ///< of one sample; needed in the first layer of a model only
  std::string name = {};

  Tensor call(const Tensor& x, LayerContext&) const { return activation(x); }
};

}  // namespace xgrad
