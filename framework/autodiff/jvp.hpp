#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <initializer_list>
#include <span>
#include <vector>

namespace xgrad {

/// The product of the Jacobian of `outputs` with respect to `xs` with `tangents`, one for each x and of its type: a
/// tensor for each output, of its type. This is the derivative of the outputs when the xs move along the tangents. It
/// is the transpose of the transpose, made of the reverse rules alone, and costs at most 3 times the function once
/// compiled where that is made of formulas and matrix products. Throws GradientError when an output is not floating
/// point, a tangent has another type than its x, or an operator on the way has no rule.
std::vector<Tensor> jvp(std::span<const Tensor> outputs, std::span<const Tensor> xs, std::span<const Tensor> tangents);
std::vector<Tensor> jvp(std::initializer_list<Tensor> outputs, std::initializer_list<Tensor> xs,
                        std::initializer_list<Tensor> tangents);

}  // namespace xgrad
