#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Numbers with a normal distribution of mean 0 and standard deviation 1, of the given shape: a function of `seed` and
/// of the value of `counter` (an int64 scalar) alone, made from `random_uniform` of the same arguments by the inverse
/// of the cumulative distribution; float32 numbers stay within 5.5 of 0. The result has no gradient. Throws DTypeError
/// when `dtype` is neither float32 nor float64.
Tensor random_normal(const Tensor& counter, Shape shape, std::uint64_t seed, DType dtype = DType::float32);

/// The same distribution between `low` and `high` only. Throws ValueError unless low < high.
Tensor random_truncated_normal(const Tensor& counter, Shape shape, double low, double high, std::uint64_t seed,
                               DType dtype = DType::float32);

}  // namespace xgrad
