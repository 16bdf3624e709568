#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x * P(X <= x) for a standard normal X, element by element: a relu with a smooth bend. Floating point. Source:
/// Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
Tensor gelu(const Tensor& x);

/// The same or, when `approximate`, x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))), within 0.0005 of it.
Tensor gelu(const Tensor& x, bool approximate);

}  // namespace xgrad
