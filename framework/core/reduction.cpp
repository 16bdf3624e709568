#include <xgrad/framework/core/reduction.hpp>

namespace xgrad {

ReductionLoops::ReductionLoops(const ArrayView& input, std::span<const bool> reduced) {
  // Built from the innermost axis outwards, then reversed.
  std::int64_t input_stride = 1;
  std::int64_t output_stride = 1;
  for (std::size_t axis = input.shape.size(); axis-- > 0;) {
    const auto extent = input.shape[axis];
    const auto stride = axis == 0 ? input.row_stride : input_stride;
    input_stride *= extent;
    if (extent == 1) continue;
    ReductionLoop* inner = count_ ? &loops_[count_ - 1] : nullptr;
    if (inner && (inner->output_stride == 0) == reduced[axis] && stride == inner->input_stride * inner->extent) {
      inner->extent *= extent;
    } else {
      loops_[count_++] = {extent, stride, reduced[axis] ? 0 : output_stride};
    }
    if (!reduced[axis]) output_stride *= extent;
  }
  std::reverse(loops_.begin(), loops_.begin() + static_cast<std::ptrdiff_t>(count_));
}

}  // namespace xgrad
