#pragma once

#include <xgrad/framework/core/dtype.hpp>

#include <type_traits>

namespace xgrad {

/// Calls `function` with the element type of a floating-point dtype as its template argument; does nothing for others.
template <class Function>
void visit_floating(DType dtype, Function function) {
  visit(dtype, [&]<class T>() {
    if constexpr (std::is_floating_point_v<T>) function.template operator()<T>();
  });
}

}  // namespace xgrad
