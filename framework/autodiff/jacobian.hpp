#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// All derivatives of `output` with respect to `x`: a tensor of the shape of the output followed by that of x. Built
/// row by row in reverse mode or, where x has fewer elements or the size of the output is not known, column by column
/// in forward mode; the graph grows with that number of elements, so that this is for small Jacobians. Throws
/// ShapeError when the sizes of both are symbols: sum the output over the batch and differentiate that, or give one of
/// them its size. Throws GradientError as `gradients` does.
Tensor jacobian(const Tensor& output, const Tensor& x);

}  // namespace xgrad
