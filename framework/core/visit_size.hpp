#pragma once

#include <xgrad/framework/core/dtype.hpp>

#include <cstdint>
#include <type_traits>

namespace xgrad {

/// The integer of as many bytes as T.
template <Element T>
using IntegerOfSize =
    std::conditional_t<sizeof(T) == sizeof(std::uint8_t), std::uint8_t,
                       std::conditional_t<sizeof(T) == sizeof(std::int32_t), std::int32_t, std::int64_t>>;

/// Calls `function` with the integer of as many bytes as an element of a dtype as its template argument: for kernels
/// that move elements and never ask what they are, which are then compiled for each size instead of each dtype.
template <class Function>
void visit_size(DType dtype, Function function) {
  visit(dtype, [&]<class T>() { function.template operator()<IntegerOfSize<T>>(); });
}

}  // namespace xgrad
