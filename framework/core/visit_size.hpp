#pragma once

#include <xgrad/framework/core/dtype.hpp>

#include <cstdint>

namespace xgrad {

/// Calls `function` with an element type of as many bytes as those of a dtype as its template argument: for kernels
/// that move elements and never ask what they are, which are then compiled for each size instead of each dtype.
template <class Function>
void visit_size(DType dtype, Function function) {
  switch (size_of(dtype)) {
    case sizeof(std::uint8_t):
      return function.template operator()<std::uint8_t>();
    case sizeof(std::int32_t):
      return function.template operator()<std::int32_t>();
    default:
      return function.template operator()<std::int64_t>();
  }
}

}  // namespace xgrad
