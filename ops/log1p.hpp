#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// log(1 + x), element by element, precise also where x is close to 0; -infinity at -1 and not a number below. Floating
/// point.
Tensor log1p(const Tensor& x);

}  // namespace xgrad
