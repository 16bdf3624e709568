#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// `operand`, repeated to the shape it has beside `other`, when every element of `other` is the constant `neutral`:
/// what x * 1 is. Else nothing. Floating-point zeros count as neutral only with their sign: x + -0 is x, but -0 + 0
/// is 0.
std::optional<Tensor> beside_neutral(const Tensor& operand, const Tensor& other, double neutral);

}  // namespace xgrad
