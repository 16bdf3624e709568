#pragma once

#include <xgrad/models/data/digits/handwriting.hpp>

#include <cstdint>
#include <span>

namespace xgrad::digits {

inline constexpr int image_size = 28;

/// Draws the ink, anti-aliased and 255 at most, into an image of 28 x 28 pixels and moves it by whole pixels so that
/// its centre of mass is in the middle, as the makers of MNIST did.
void rasterize(std::span<const InkSegment> ink, std::span<std::uint8_t, image_size * image_size> image);

}  // namespace xgrad::digits
