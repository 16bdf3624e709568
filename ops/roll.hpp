#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// x with its elements moved by `shift` places along an axis; those that leave at one end come back at the other. The
/// size may be a symbol.
Tensor roll(const Tensor& x, std::int64_t shift, std::int64_t axis);

/// x rolled along several axes, by shifts[i] along axes[i]; the shifts of an axis that is named twice add up. Throws
/// ValueError unless there are as many shifts as axes.
Tensor roll(const Tensor& x, const std::vector<std::int64_t>& shifts, const std::vector<std::int64_t>& axes);

/// x rolled as if it were one row of elements in row-major order, as NumPy's roll without an axis.
Tensor roll(const Tensor& x, std::int64_t shift);

}  // namespace xgrad
