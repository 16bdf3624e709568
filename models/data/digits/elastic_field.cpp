#include <xgrad/models/data/digits/elastic_field.hpp>

#include <algorithm>
#include <cstddef>

namespace xgrad::digits {
namespace {

/// The weights of the four nearest lattice points, for a position from 0 to 1 between the middle two.
std::array<float, 4> spline_weights(float t) {
  const float s = 1 - t;
  return {s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6};
}

}  // namespace

ElasticField::ElasticField(float deviation, RandomStream& random) {
  for (auto& row : lattice_) {
    for (auto& vector : row) {
      vector.x = deviation * random.normal();
      vector.y = deviation * random.normal();
    }
  }
}

Point ElasticField::at(Point point) const {
  const float x = std::clamp(point.x, 0.0f, 1.0f) * cells, y = std::clamp(point.y, 0.0f, 1.0f) * cells;
  const auto column = std::min(static_cast<std::size_t>(x), std::size_t{cells - 1});
  const auto row = std::min(static_cast<std::size_t>(y), std::size_t{cells - 1});
  const auto across = spline_weights(x - static_cast<float>(column)),
             down = spline_weights(y - static_cast<float>(row));

  Point sum;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      const float weight = down[i] * across[j];
      sum.x += weight * lattice_[row + i][column + j].x;
      sum.y += weight * lattice_[row + i][column + j].y;
    }
  }
  return sum;
}

}  // namespace xgrad::digits
