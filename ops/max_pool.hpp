#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/core/window_options.hpp>

namespace xgrad {

/// How the windows of a maximum move.
struct MaxPoolOptions {
  WindowSizes strides = {};         ///< elements from one window to the next; its size unless given
  WindowPadding padding = "valid";  ///< places around x that no maximum takes
  WindowSizes dilation = 1;         ///< elements from one tap of a window to the next
};

/// Largest element under each window of `size` that moves over x (n, size', channels), for each channel: (n, positions,
/// channels). Not a number when one of them is none. The first of equal elements gets the cotangent, as in PyTorch.
/// Only n can be a symbol. Throws ShapeError, naming both shapes, when there is no position for a window or one lies on
/// padding alone.
Tensor max_pool1d(const Tensor& x, const WindowSizes& size, const MaxPoolOptions& options = {});

/// As `max_pool1d`, over two axes: x (n, height, width, channels).
Tensor max_pool2d(const Tensor& x, const WindowSizes& size, const MaxPoolOptions& options = {});

/// As `max_pool1d`, over three axes: x (n, depth, height, width, channels).
Tensor max_pool3d(const Tensor& x, const WindowSizes& size, const MaxPoolOptions& options = {});

/// Largest element of each of `counts` parts along the axis of x (n, size, channels), part i from floor(i * size /
/// count) to ceil((i + 1) * size / count): (n, count, channels). Otherwise as `max_pool1d`.
Tensor adaptive_max_pool1d(const Tensor& x, const WindowSizes& counts);

/// As `adaptive_max_pool1d`, over two axes.
Tensor adaptive_max_pool2d(const Tensor& x, const WindowSizes& counts);

/// As `adaptive_max_pool1d`, over three axes.
Tensor adaptive_max_pool3d(const Tensor& x, const WindowSizes& counts);

/// Largest element of each channel of x (n, sizes..., channels), of one to three axes: (n, channels), or with
/// `keepdims` (n, 1..., channels). The first of equal elements gets the cotangent.
Tensor global_max_pool(const Tensor& x, bool keepdims = false);

}  // namespace xgrad
