#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/core/window_options.hpp>

namespace xgrad {

/// The patches under a window of `size` that moves over x (n, spatial..., c), of one to three spatial axes:
/// (n, positions..., taps * c), where a patch lists its taps in row-major order and the channels of each. Padding is 0.
/// Floating point. Throws ShapeError when the window does not fit and when a spatial size is a symbol.
Tensor unfold(const Tensor& x, const WindowSizes& size, const WindowOptions& options = {});

/// The transpose of `unfold`: adds up patches (n, positions..., taps * c) where they overlap, as elements (n,
/// `spatial`..., c). Throws ShapeError when unfolding such elements would not give such patches.
Tensor fold(const Tensor& patches, const WindowSizes& spatial, const WindowSizes& size,
            const WindowOptions& options = {});

}  // namespace xgrad
