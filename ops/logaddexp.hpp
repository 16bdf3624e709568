#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// log(e^left + e^right), element by element, with NumPy broadcasting, without overflow; infinities are like other
/// numbers. Both have one floating-point dtype.
Tensor logaddexp(const Tensor& left, const Tensor& right);
Tensor logaddexp(const Tensor& left, double right);

/// log2(2^left + 2^right); in everything else as `logaddexp`.
Tensor logaddexp2(const Tensor& left, const Tensor& right);
Tensor logaddexp2(const Tensor& left, double right);

}  // namespace xgrad
