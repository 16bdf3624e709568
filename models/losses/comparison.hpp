#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace xgrad::detail {

/// A function of target and prediction: a loss or a metric.
using Comparison = std::function<Tensor(const Tensor& target, const Tensor& prediction)>;

/// Whether a type is such a function; where it is not, the compiler says why.
template <class Callable>
constexpr bool expect_comparison() {
  constexpr bool is_copyable = std::copy_constructible<Callable>;
  static_assert(is_copyable, "a loss or metric must be a value that can be copied");
  constexpr bool takes_two_tensors = std::is_invocable_v<Callable&, const Tensor&, const Tensor&>;
  static_assert(takes_two_tensors,
                "a loss or metric must be a function of two tensors: "
                "[](const xgrad::Tensor& target, const xgrad::Tensor& prediction) { return ...; }");
  constexpr bool is_const = !takes_two_tensors || std::is_invocable_v<const Callable&, const Tensor&, const Tensor&>;
  static_assert(is_const, "a loss or metric must be callable as a constant: no `mutable`, or `operator()(...) const`");
  constexpr bool gives_tensor = [] {
    if constexpr (takes_two_tensors) {
      return std::is_invocable_r_v<Tensor, Callable&, const Tensor&, const Tensor&>;
    } else {
      return true;
    }
  }();
  static_assert(gives_tensor, "a loss or metric must return an xgrad::Tensor, with one value for each sample");
  return is_copyable && takes_two_tensors && is_const && gives_tensor;
}

template <class Callable>
Comparison comparison(Callable callable) {
  if constexpr (expect_comparison<Callable>()) {
    return callable;
  } else {
    return {};
  }
}

}  // namespace xgrad::detail
