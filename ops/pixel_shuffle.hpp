#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// (..., c * r * r, h, w) to (..., c, h * r, w * r): each pixel becomes a square of r * r, row by row from neighbouring
/// channels. Throws ShapeError when r * r does not divide the channels or x has less than three axes, ValueError unless
/// r is positive. Source: Shi et al., "Real-Time Single Image and Video Super-Resolution", 2016.
Tensor pixel_shuffle(const Tensor& x, std::int64_t r);

/// The inverse: (..., c, h * r, w * r) to (..., c * r * r, h, w). Throws as `pixel_shuffle`, here when r does not
/// divide the heights and widths.
Tensor pixel_unshuffle(const Tensor& x, std::int64_t r);

}  // namespace xgrad
