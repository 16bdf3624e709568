#pragma once

#include <xgrad/models/training/layer_stack.hpp>

#include <string>

namespace xgrad {

/// The layers as a table laid out as Keras 2 does, with output shapes and numbers of parameters.
std::string summary(const LayerStack& layers);

}  // namespace xgrad
