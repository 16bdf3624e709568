#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/core/window_options.hpp>

namespace xgrad {

/// How the windows of an average move.
struct AveragePoolOptions {
  WindowSizes strides = {};         ///< elements from one window to the next; its size unless given
  WindowPadding padding = "valid";  ///< places around x
  bool count_include_pad = false;   ///< whether padding counts, as zeros, or is left out of the average, as in Keras
};

/// Average of the elements under each window of `size` that moves over x (n, size', channels), for each channel: (n,
/// positions, channels). Floating point. Only n can be a symbol. Throws ShapeError, naming both shapes, when there is
/// no position for a window or one lies on padding alone.
Tensor average_pool1d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options = {});

/// As `average_pool1d`, over two axes: x (n, height, width, channels).
Tensor average_pool2d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options = {});

/// As `average_pool1d`, over three axes: x (n, depth, height, width, channels).
Tensor average_pool3d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options = {});

/// Average of each of `counts` parts along the axis of x (n, size, channels), part i from floor(i * size / count) to
/// ceil((i + 1) * size / count), as in PyTorch: (n, count, channels).
Tensor adaptive_average_pool1d(const Tensor& x, const WindowSizes& counts);

/// As `adaptive_average_pool1d`, over two axes.
Tensor adaptive_average_pool2d(const Tensor& x, const WindowSizes& counts);

/// As `adaptive_average_pool1d`, over three axes.
Tensor adaptive_average_pool3d(const Tensor& x, const WindowSizes& counts);

/// Average of each channel of x (n, sizes..., channels), of one to three axes: (n, channels), or with `keepdims` (n,
/// 1..., channels).
Tensor global_average_pool(const Tensor& x, bool keepdims = false);

}  // namespace xgrad
