#pragma once

#include <xgrad/models/data/digits/random_stream.hpp>

#include <array>

namespace xgrad::digits {

struct Point {
  float x = 0, y = 0;
};

/// A smooth random field of displacements: a cubic B-spline over a lattice of random vectors.
class ElasticField {
 public:
  /// `deviation` is that of each vector of the lattice.
  ElasticField(float deviation, RandomStream& random);

  /// The displacement at a point of the square from (0, 0) to (1, 1); points outside get that of the nearest edge.
  Point at(Point point) const;

 private:
  // Three cells across the square, and one point more on each side for the spline.
  static constexpr int cells = 3;
  static constexpr int points = cells + 3;

  std::array<std::array<Point, points>, points> lattice_;
};

}  // namespace xgrad::digits
