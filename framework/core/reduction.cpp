#include <xgrad/framework/core/reduction.hpp>

namespace xgrad {

ReductionLoops::ReductionLoops(const ArrayView& input, std::span<const bool> reduced) {
  // From the innermost axis outwards, then reversed.
  std::int64_t inner_elements = 1;
  for (std::size_t axis = input.shape.size(); axis-- > 0;) {
    const auto extent = input.shape[axis];
    const auto stride = axis == 0 ? input.row_stride : inner_elements;
    inner_elements *= extent;
    if (extent != 1) (reduced[axis] ? folded_ : kept_).add_outside({extent, stride});
  }
  for (auto* loops : {&kept_, &folded_}) {
    std::reverse(loops->loops.begin(), loops->loops.begin() + static_cast<std::ptrdiff_t>(loops->count));
  }
}

void ReductionLoops::Loops::add_outside(ReductionLoop loop) {
  if (count > 0 && loop.stride == loops[count - 1].stride * loops[count - 1].extent) {
    loops[count - 1].extent *= loop.extent;
  } else {
    loops[count++] = loop;
  }
}

}  // namespace xgrad
