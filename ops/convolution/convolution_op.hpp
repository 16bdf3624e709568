#pragma once

#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <memory>

namespace xgrad {

/// The derivative of the sum of x * weights * y over samples, positions, taps and channels with respect to one factor,
/// given the other two in their order: y is the convolution of x with the weights; x and weights are its gradients. The
/// rule of each is another of the three. Weights are a matrix, (taps * channels / groups, filters). Shapes have been
/// checked.
Tensor convolution_derivative(ConvolutionFactor result, std::shared_ptr<const Windows> windows, std::int64_t groups,
                              const Tensor& left, const Tensor& right);

}  // namespace xgrad
