#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/core/window_options.hpp>

#include <cstdint>

namespace xgrad {

/// How the kernel of a transposed convolution moves over its result.
struct ConvolutionTransposeOptions {
  WindowSizes strides = 1;          ///< elements of the result from one position to the next
  WindowPadding padding = "valid";  ///< elements cut off the result; "same" makes its sizes strides times those of x
  WindowSizes dilation = 1;         ///< elements from one tap to the next
  std::int64_t groups = 1;          ///< parts into which channels are cut
  WindowSizes output_padding = 0;   ///< elements added after the result, less than strides or dilation
};

/// Transposed convolution over one axis: the gradient of conv1d with respect to its x, which turns each element of x
/// into a kernel of elements. Layout as in Keras: x (n, size, channels), weights (taps, filters / groups, channels),
/// result (n, size', filters). With padding as numbers, size' = (size - 1) * stride + (taps - 1) * dilation + 1 -
/// before - after + output_padding; as in Keras it is size * stride with "same" and at least that with "valid", where
/// output_padding must be 0. Only n can be a symbol. Throws ShapeError, naming both shapes, when they do not fit each
/// other.
Tensor conv1d_transpose(const Tensor& x, const Tensor& weights, const ConvolutionTransposeOptions& options = {});

/// As `conv1d_transpose`, over two axes: x (n, height, width, channels), weights (tap rows, tap columns, filters /
/// groups, channels).
Tensor conv2d_transpose(const Tensor& x, const Tensor& weights, const ConvolutionTransposeOptions& options = {});

/// As `conv1d_transpose`, over three axes: x (n, depth, height, width, channels), and weights alike.
Tensor conv3d_transpose(const Tensor& x, const Tensor& weights, const ConvolutionTransposeOptions& options = {});

}  // namespace xgrad
