#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <initializer_list>
#include <span>
#include <vector>

namespace xgrad {

/// The product of the second derivatives of the scalar `loss` with respect to `xs` with `vectors`, one for each x and
/// of its type: a tensor for each x. No second derivative is ever stored: it is the forward derivative of the
/// gradient. Throws GradientError as `gradients` and `jvp` do.
std::vector<Tensor> hessian_vector_product(const Tensor& loss, std::span<const Tensor> xs,
                                           std::span<const Tensor> vectors);
std::vector<Tensor> hessian_vector_product(const Tensor& loss, std::initializer_list<Tensor> xs,
                                           std::initializer_list<Tensor> vectors);

}  // namespace xgrad
