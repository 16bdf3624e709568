#include <xgrad/models/initializers/glorot_uniform.hpp>
#include <xgrad/models/initializers/random_uniform.hpp>

#include <algorithm>
#include <cmath>

namespace xgrad {

Array glorot_uniform(const Shape& shape, std::uint64_t seed) {
  const auto extents = shape.extents();
  const auto rank = extents.size();
  double fan_in = rank ? static_cast<double>(extents[0]) : 1;
  double fan_out = fan_in;
  if (rank >= 2) {
    double field = 1;
    for (std::size_t axis = 0; axis + 2 < rank; ++axis) field *= static_cast<double>(extents[axis]);
    fan_in = field * static_cast<double>(extents[rank - 2]);
    fan_out = field * static_cast<double>(extents[rank - 1]);
  }
  const double limit = std::sqrt(6 / std::max(fan_in + fan_out, 1.0));
  return RandomUniform{.minimum = -limit, .maximum = limit}(shape, seed);
}

}  // namespace xgrad
