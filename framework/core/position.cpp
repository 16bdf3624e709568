#include <xgrad/framework/core/position.hpp>

namespace xgrad {

std::string position(std::size_t element, const Extents& shape) {
  Extents indices(shape.size());
  auto rest = static_cast<std::int64_t>(element);
  for (std::size_t axis = shape.size(); axis-- > 0; rest /= shape[axis]) indices[axis] = rest % shape[axis];
  return to_string(indices);
}

}  // namespace xgrad
