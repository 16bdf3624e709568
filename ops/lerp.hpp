#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// start + weight * (end - start), element by element, with broadcasting: linear interpolation, as PyTorch's lerp. With
/// a constant weight, the step of an exponential moving average. Floating point. At weight 1 the result may differ from
/// end by rounding.
Tensor lerp(const Tensor& start, const Tensor& end, const Tensor& weight);
Tensor lerp(const Tensor& start, const Tensor& end, double weight);

}  // namespace xgrad
