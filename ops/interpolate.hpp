#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/core/window_options.hpp>

#include <string>

namespace xgrad {

/// What lies between elements.
struct InterpolateOptions {
  std::string method = "nearest";  ///< or "linear", with "bilinear" and "trilinear" for it over two and three axes
  bool align_corners = false;      ///< of "linear": whether first and last elements stay where they are
};

/// x (n, sizes..., channels), of one to three axes between samples and channels, resized along these, as PyTorch's
/// interpolate: element i of m along an axis of n is, with "nearest", element floor(i * n / m), and with "linear" the
/// interpolation at (i + 0.5) * n / m - 0.5, or at i * (n - 1) / (m - 1) with align_corners, 0 at least. Floating
/// point. Throws ShapeError when a size is a symbol or nothing is there to resize, ValueError for another method.
Tensor interpolate(const Tensor& x, const WindowSizes& sizes, const InterpolateOptions& options = {});

}  // namespace xgrad
