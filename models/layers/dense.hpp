#pragma once

#include <xgrad/models/initializers/constant.hpp>
#include <xgrad/models/initializers/glorot_uniform.hpp>
#include <xgrad/models/layers/activation_function.hpp>
#include <xgrad/models/layers/layer_context.hpp>

#include <cstdint>
#include <string>

namespace xgrad {

/// activation(dot(x, kernel) + bias): (batch, ..., features) -> (batch, ..., units), contracting the last axis.
struct Dense {
  static constexpr std::string_view kind = "Dense";

  std::int64_t units;
  ActivationFunction activation = {};
  bool use_bias = true;
  Initializer kernel_initializer = glorot_uniform;
  Initializer bias_initializer = zeros;
  Shape input_shape = {};  ///< of one sample; needed in the first layer of a model only
  std::string name = {};

  /// Throws ValueError when units is below 1, ShapeError when x has fewer than 2 axes or an unknown number of features.
  Tensor call(const Tensor& x, LayerContext& context) const;
};

}  // namespace xgrad
