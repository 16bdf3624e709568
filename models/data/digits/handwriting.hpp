#pragma once

#include <xgrad/models/data/digits/random_stream.hpp>

#include <vector>

namespace xgrad::digits {

/// Where the pen is, in pixels, and half the width of its line there.
struct PenPoint {
  float x, y;
  float radius;
};

/// A straight piece of ink.
struct InkSegment {
  PenPoint from, to;
};

/// Writes the digit as some person in some mood would, its larger side about 20 pixels and its middle at (14, 14).
/// A way of writing is chosen from `glyphs`; then every knot, the slant, the proportions, the plane itself (a smooth
/// field of displacements, the elastic distortion of P. Simard et al., 2003), the width of the pen and its pressure
/// vary.
std::vector<InkSegment> write_digit(int digit, RandomStream& random);

}  // namespace xgrad::digits
