#pragma once

#include <xgrad/framework/core/dtype.hpp>

#include <cstdint>

namespace xgrad {

/// Calls `function` with the element type of an integer dtype as its template argument; does nothing for others.
template <class Function>
void visit_integer(DType dtype, Function function) {
  switch (dtype) {
    case DType::int32:
      return function.template operator()<std::int32_t>();
    case DType::int64:
      return function.template operator()<std::int64_t>();
    case DType::uint8:
      return function.template operator()<std::uint8_t>();
    default:
      return;
  }
}

}  // namespace xgrad
