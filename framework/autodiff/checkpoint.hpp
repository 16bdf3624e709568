#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <functional>
#include <initializer_list>
#include <span>

namespace xgrad {

/// function(inputs), of which a compiled gradient keeps nothing but the inputs: what lies between them and the result
/// is computed a second time once the cotangent of the result is known. Values and gradients stay the same, time is
/// given for memory. What the function reads besides, such as parameters, gets its gradient as usual and is kept. Cut
/// a deep graph into pieces of similar size, each behind a checkpoint; a checkpoint of the last piece, whose cotangent
/// is known at once, saves nothing.
Tensor checkpoint(const std::function<Tensor(std::span<const Tensor>)>& function, std::span<const Tensor> inputs);
Tensor checkpoint(const std::function<Tensor(std::span<const Tensor>)>& function, std::initializer_list<Tensor> inputs);

}  // namespace xgrad
