#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/models/initializers/random_uniform.hpp>

#include <fmt/format.h>

namespace xgrad {

Array RandomUniform::operator()(const Shape& shape, std::uint64_t seed) const {
  if (!(minimum <= maximum)) {
    throw ValueError(
        fmt::format("RandomUniform: expected minimum <= maximum, but got {} and {}; swap them", minimum, maximum));
  }
  Array result(DType::float32, shape.extents());
  const auto values = result.data<float>();
  fill_uniform({.seed = seed}, 0, values);
  const auto low = static_cast<float>(minimum);
  const auto width = static_cast<float>(maximum - minimum);
  for (auto& value : values) value = low + width * value;
  return result;
}

}  // namespace xgrad
