#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// x cut into `sections` parts of equal size along an axis. Throws ShapeError when the axis has no such parts, and
/// ValueError unless there is at least one section.
std::vector<Tensor> split(const Tensor& x, std::int64_t sections, std::int64_t axis = 0);

/// x cut along an axis before each of the given positions, which are those of `slice`: split(x, {2, 5}) gives x[:2],
/// x[2:5] and x[5:]. A single position needs its type, std::vector<std::int64_t>{2}; as a number it is one of sections.
/// Throws ShapeError when the size of the axis is a symbol.
std::vector<Tensor> split(const Tensor& x, const std::vector<std::int64_t>& positions, std::int64_t axis = 0);

}  // namespace xgrad
