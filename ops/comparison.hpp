#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

// Comparisons, element by element, with NumPy broadcasting. Both sides have one dtype, and a number takes that of the
// tensor; the result is boolean and has no gradient. They are functions only: == between tensors tells whether they are
// the same tensor.

/// left == right.
Tensor equal(const Tensor& left, const Tensor& right);
Tensor equal(const Tensor& left, Number right);

/// left != right.
Tensor not_equal(const Tensor& left, const Tensor& right);
Tensor not_equal(const Tensor& left, Number right);

/// left > right.
Tensor greater(const Tensor& left, const Tensor& right);
Tensor greater(const Tensor& left, Number right);

/// left >= right.
Tensor greater_equal(const Tensor& left, const Tensor& right);
Tensor greater_equal(const Tensor& left, Number right);

/// left < right.
Tensor less(const Tensor& left, const Tensor& right);
Tensor less(const Tensor& left, Number right);

/// left <= right.
Tensor less_equal(const Tensor& left, const Tensor& right);
Tensor less_equal(const Tensor& left, Number right);

}  // namespace xgrad
