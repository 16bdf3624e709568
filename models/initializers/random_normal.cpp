#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementary/trigonometric.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/models/initializers/random_normal.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numbers>

namespace xgrad {

Array RandomNormal::operator()(const Shape& shape, std::uint64_t seed) const {
  if (!(standard_deviation >= 0)) {
    throw ValueError(
        fmt::format("RandomNormal: expected a standard deviation of 0 or more, but got {}", standard_deviation));
  }
  Array result(DType::float32, shape.extents());
  const auto values = result.data<float>();
  std::array<double, 256> drawn;
  for (std::size_t first = 0; first < values.size(); first += 2) {
    const auto place = first % drawn.size();
    if (place == 0) fill_uniform({.seed = seed}, first, drawn);
    const auto* uniform = &drawn[place];
    // 1 - uniform lies in (0, 1]: its logarithm is finite.
    const double radius = standard_deviation * std::sqrt(-2 * elementary::log(1 - uniform[0]));
    const double angle = 2 * std::numbers::pi * uniform[1];
    values[first] = static_cast<float>(mean + radius * elementary::cos(angle));
    if (first + 1 < values.size()) values[first + 1] = static_cast<float>(mean + radius * elementary::sin(angle));
  }
  return result;
}

}  // namespace xgrad
