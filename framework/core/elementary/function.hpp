#pragma once

#include <xgrad/framework/core/xtensor.hpp>

#include <type_traits>
#include <utility>

namespace xgrad::elementary {

/// A function of one or two numbers, vectors of numbers (`xsimd::batch`) or xtensor expressions, given by a stateless
/// `Kernel` that is written for the first two. Unlike an expression, a kernel may name its parts:
///
///     struct SoftSignKernel {
///       template <class V>
///       V operator()(V x) const {
///         const V size = lanes::magnitude(x);
///         return x / (V(1) + size);
///       }
///     };
///     inline constexpr Function<SoftSignKernel> softsign;
template <class Kernel>
struct Function {
  template <class... X>
  [[gnu::always_inline]] auto operator()(X&&... x) const {
    if constexpr ((xt::is_xexpression<std::decay_t<X>>::value || ...)) {
      return xt::xfunction<Function, xt::const_xclosure_t<X>...>(Function(), std::forward<X>(x)...);
    } else {
      return Kernel()(x...);
    }
  }

  // What xtensor calls for whole vectors. It asks for the address of `simd_apply<V>` to learn whether there is one, so
  // that there must be just one for each kernel.
  template <class V>
  requires std::is_invocable_v<Kernel, V>
  auto simd_apply(const V& x) const { return Kernel()(x); }
  template <class V>
  requires std::is_invocable_v<Kernel, V, V>
  auto simd_apply(const V& x, const V& y) const { return Kernel()(x, y); }
};

}  // namespace xgrad::elementary
