#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string>

namespace xgrad {

/// A tensor in the words of the one who made it, for errors: "input 'x'", "parameter 'w'", "a constant", "the result of
/// dot". Reshapes and broadcasts, with which operators often end, are passed over.
std::string describe(const Tensor& tensor);

}  // namespace xgrad
