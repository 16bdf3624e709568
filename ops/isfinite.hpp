#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

// What kind of number x is, element by element: boolean, without gradient. Of every dtype; integers and booleans are
// finite.

/// True where x is not a number.
Tensor isnan(const Tensor& x);

/// True where x is an infinity.
Tensor isinf(const Tensor& x);

/// True where x is neither an infinity nor not a number.
Tensor isfinite(const Tensor& x);

}  // namespace xgrad
