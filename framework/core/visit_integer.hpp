#pragma once

#include <xgrad/framework/core/dtype.hpp>

#include <type_traits>

namespace xgrad {

/// Calls `function` with the element type of an integer dtype as its template argument; does nothing for others.
template <class Function>
void visit_integer(DType dtype, Function function) {
  visit(dtype, [&]<class T>() {
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) function.template operator()<T>();
  });
}

}  // namespace xgrad
