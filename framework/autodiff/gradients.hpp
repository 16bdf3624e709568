#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <span>
#include <vector>

namespace xgrad {

/// What the gradient of a tensor is that the loss does not depend on: zeros unless asked otherwise, as in Keras and
/// JAX; an error finds a weight that was forgotten.
enum class Unconnected { zeros, error };

/// Derivatives of the scalar `loss` with respect to each of `xs` (leaves or intermediate results), as tensors of the
/// same graph: they can be differentiated again. Only what is asked for is built. An x that the loss does not depend on
/// has the gradient 0; `gradients(loss, xs, Unconnected::error)` refuses it. Throws GradientError when the loss is not
/// a floating-point scalar, an x is not floating-point, an operator on the way has no rule, or, with
/// `Unconnected::error`, an x does not reach the loss. What a rule throws says whose rule it is.
std::vector<Tensor> gradients(const Tensor& loss, std::span<const Tensor> xs,
                              Unconnected unconnected = Unconnected::zeros);
std::vector<Tensor> gradients(const Tensor& loss, std::initializer_list<Tensor> xs,
                              Unconnected unconnected = Unconnected::zeros);

/// The product of `cotangents`, one for each of `outputs` and of its type, with the Jacobian of `outputs` with respect
/// to `xs`: a tensor for each x. `gradients` is the case of one scalar output and the cotangent 1.
std::vector<Tensor> vjp(std::span<const Tensor> outputs, std::span<const Tensor> cotangents, std::span<const Tensor> xs,
                        Unconnected unconnected = Unconnected::zeros);

}  // namespace xgrad
