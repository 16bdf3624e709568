#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// x moved by `periods` places along `axis`, towards its end for positive ones, as pandas' shift: what leaves at one
/// side is lost, and the places that become free hold `fill`. Throws DTypeError when the dtype cannot hold `fill`.
Tensor shift(const Tensor& x, std::int64_t periods, std::int64_t axis = 0, Number fill = 0);

}  // namespace xgrad
