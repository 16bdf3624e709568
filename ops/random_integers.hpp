#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Integers uniform in [low, high), of the given shape: a function of `seed` and of the value of `counter` (an int64
/// scalar) alone. Throws ValueError unless low < high and there are 2^53 integers or fewer between them, DTypeError
/// when `dtype` is no integer or cannot hold them.
Tensor random_integers(const Tensor& counter, Shape shape, std::int64_t low, std::int64_t high, std::uint64_t seed,
                       DType dtype = DType::int32);

/// The integers 0, 1, ... count - 1 in an order that is a function of `seed` and of the value of `counter` (an int64
/// scalar) alone, all orders alike: int64 (count,). take(x, random_permutation(...)) shuffles rows. The count may be a
/// symbol.
Tensor random_permutation(const Tensor& counter, const Dim& count, std::uint64_t seed);

}  // namespace xgrad
