#pragma once

#include <span>
#include <vector>

namespace xgrad::digits {

/// A point the pen passes through, x to the right and y down; a digit is about 1 high.
struct Knot {
  float x, y;
  /// The pen may turn sharply here; elsewhere the stroke is smooth.
  bool corner = false;
};

/// What the pen draws without leaving the paper.
using Stroke = std::vector<Knot>;

/// One way to write a digit.
struct Glyph {
  /// How often it is written that way, relative to the other ways.
  float weight;
  std::vector<Stroke> strokes;
};

/// The ways to write a digit from 0 to 9.
std::span<const Glyph> glyphs(int digit);

}  // namespace xgrad::digits
