#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Logarithms of the sums of the exponentials of the elements of x up to and including each one along `axis`, without
/// overflow. Floating point. Elements of minus infinity add nothing and get no gradient.
Tensor logcumsumexp(const Tensor& x, std::int64_t axis);

}  // namespace xgrad
