#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// The number that all elements of a tensor are, when that is seen from the graph: a constant of one element, or
/// broadcasts and reshapes of one.
std::optional<double> constant_number(const Tensor& tensor);

}  // namespace xgrad
