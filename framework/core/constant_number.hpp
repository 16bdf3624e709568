#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// The number that all elements of a tensor are, when that is seen from the graph: a constant of one element, or
/// broadcasts and reshapes of one.
std::optional<double> constant_number(const Tensor& tensor);

/// True for zeros, of either sign, that are seen from the graph: as a cotangent they add nothing.
bool is_constant_zero(const Tensor& tensor);

}  // namespace xgrad
