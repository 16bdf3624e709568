#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/core/window_options.hpp>

#include <cstdint>

namespace xgrad {

/// How the kernel of a convolution moves, and which channels it connects.
struct ConvolutionOptions {
  WindowSizes strides = 1;          ///< elements from one position to the next
  WindowPadding padding = "valid";  ///< zeros around x
  WindowSizes dilation = 1;         ///< elements from one tap to the next
  std::int64_t groups = 1;          ///< parts into which channels are cut; filters of a part see its channels only
};

/// Convolution, as the field calls it (the kernel is not turned around), over one axis. Layout as in Keras: x (n, size,
/// channels), weights (taps, channels / groups, filters), result (n, positions, filters). Only n can be a symbol. Both
/// have one floating-point dtype. Throws ShapeError, naming both shapes, when they do not fit each other or there is no
/// position for the kernel.
Tensor conv1d(const Tensor& x, const Tensor& weights, const ConvolutionOptions& options = {});

/// As `conv1d`, over two axes: x (n, height, width, channels), weights (tap rows, tap columns, channels / groups,
/// filters).
Tensor conv2d(const Tensor& x, const Tensor& weights, const ConvolutionOptions& options = {});

/// As `conv1d`, over three axes: x (n, depth, height, width, channels), and weights alike.
Tensor conv3d(const Tensor& x, const Tensor& weights, const ConvolutionOptions& options = {});

}  // namespace xgrad
