#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <string_view>

namespace xgrad {

/// Numbers uniform in [0, 1), of the given shape: a function of `seed` and of the value of `counter` (an int64 scalar)
/// alone, so that a run can be repeated bit for bit. A parameter that is updated by one in every step makes a good
/// counter. Every random operator, named `random_` and the name in NumPy's or JAX's generators, is made from this
/// sequence: give each its own seed or counter, or their numbers belong together. The result has no gradient. Throws
/// DTypeError when `dtype` is neither float32 nor float64.
Tensor random_uniform(const Tensor& counter, Shape shape, std::uint64_t seed, DType dtype = DType::float32);

/// Throws ShapeError or DTypeError, with `where` as its first word, unless `counter` is an int64 scalar.
void expect_counter(std::string_view where, const TensorType& counter);

}  // namespace xgrad
