#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// How many elements are added to an axis.
struct PadWidths {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

/// What is added.
enum class PadMode {
  constant,  ///< one number
  edge,      ///< the first and the last element, again and again
  reflect    ///< the elements mirrored at the first and the last, which are not repeated
};

/// x with elements added on both sides of each axis, as NumPy's pad: one pair of widths for each axis. `value` is what
/// PadMode::constant adds. Throws ShapeError when the widths are not one pair for each axis, for an axis whose size is
/// a symbol, and for an axis without elements that edge or reflect must continue; ValueError for a negative width and
/// DTypeError for a value that the dtype cannot hold.
Tensor pad(const Tensor& x, const std::vector<PadWidths>& widths, PadMode mode = PadMode::constant, Number value = 0);

}  // namespace xgrad
