#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// All second derivatives of the scalar `loss` with respect to `x`: a tensor of the shape of x twice. It is the
/// Jacobian of the gradient; where only its products with vectors are needed, `hessian_vector_product` is much cheaper.
/// Throws ShapeError when the sizes of x are symbols, GradientError as `gradients` does.
Tensor hessian(const Tensor& loss, const Tensor& x);

}  // namespace xgrad
