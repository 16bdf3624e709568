#pragma once

#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/core/op.hpp>

namespace xgrad {

/// True when each channel has one filter, and all of them one: numbers are multiplied where they are.
bool is_depthwise(const ConvolutionSizes& sizes);

/// Such a convolution, or the derivative of its terms' sum with respect to `result`; see `convolution_derivative`. For
/// float and double.
template <class T>
void depthwise_convolution(ConvolutionFactor result, const Windows& windows, const KernelArguments& at);

}  // namespace xgrad
