#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x / (1 + |x|), element by element: an S between -1 and 1. Floating point.
Tensor softsign(const Tensor& x);

}  // namespace xgrad
