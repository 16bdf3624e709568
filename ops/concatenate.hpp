#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// The tensors one after the other along an axis: concatenate({a, b}, 1). They have one dtype and the same sizes along
/// all other axes. Sizes along the axis that are symbols can be added when one of them divides all others (batch and
/// 2*batch), else a ShapeError names them. Throws ValueError when there is no tensor.
Tensor concatenate(const std::vector<Tensor>& tensors, std::int64_t axis = 0);

/// The tensors, all of one shape and dtype, along a new axis: stack({a, b}) has axis 0 of size 2. Throws ValueError
/// when there is no tensor.
Tensor stack(const std::vector<Tensor>& tensors, std::int64_t axis = 0);

}  // namespace xgrad
