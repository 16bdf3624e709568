#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/core/window_options.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace xgrad {

class Windows;

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

/// The transpose of a convolution as a map of its x, which the convolutions' gradients and conv1d_transpose are made
/// of: y (n, positions..., filters) and weights (taps..., channels / groups, filters) to (n, sizes..., channels).
Tensor transposed_convolution(const Tensor& y, const Tensor& weights, std::int64_t groups,
                              std::shared_ptr<const Windows> windows);

/// Checks what does not depend on windows: dtypes, the rank of the weights, groups and channels, of which those of x
/// are the weights' filters or their channels. Throws DTypeError, ShapeError or ValueError, with `where` as its first
/// word.
void expect_weights(std::string_view where, const Tensor& x, const Tensor& weights, std::size_t rank,
                    std::int64_t groups, bool meets_filters);

}  // namespace xgrad
