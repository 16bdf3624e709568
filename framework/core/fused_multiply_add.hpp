#pragma once

#include <xsimd/xsimd.hpp>

namespace xgrad {

/// x * y + z, rounded once. xsimd 8 multiplies and adds on AVX-512, with two roundings, and the bits would differ from
/// those of AVX2. Where the processor has no fused multiply-add, both are rounded.
template <class T, class Arch>
xsimd::batch<T, Arch> fused_multiply_add(const xsimd::batch<T, Arch>& x, const xsimd::batch<T, Arch>& y,
                                         const xsimd::batch<T, Arch>& z) {
  return xsimd::fma(x, y, z);
}

#if defined(__AVX512F__)
template <class Arch>
requires(sizeof(xsimd::batch<float, Arch>) == 64) xsimd::batch<float, Arch> fused_multiply_add(
    const xsimd::batch<float, Arch>& x, const xsimd::batch<float, Arch>& y, const xsimd::batch<float, Arch>& z) {
  return _mm512_fmadd_ps(x, y, z);
}
template <class Arch>
requires(sizeof(xsimd::batch<double, Arch>) == 64) xsimd::batch<double, Arch> fused_multiply_add(
    const xsimd::batch<double, Arch>& x, const xsimd::batch<double, Arch>& y, const xsimd::batch<double, Arch>& z) {
  return _mm512_fmadd_pd(x, y, z);
}
#endif

}  // namespace xgrad
