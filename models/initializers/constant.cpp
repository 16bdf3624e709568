#include <xgrad/models/initializers/constant.hpp>

#include <algorithm>

namespace xgrad {

Array zeros(const Shape& shape, std::uint64_t) { return Array::zeros(DType::float32, shape.extents()); }

Array ones(const Shape& shape, std::uint64_t) {
  Array result(DType::float32, shape.extents());
  std::ranges::fill(result.data<float>(), 1.0f);
  return result;
}

}  // namespace xgrad
