#pragma once

// Gives xsimd 8.1 the arithmetic that it lacks, so that it rounds once and alike on every processor:
// - On AVX-512 its `fma`, and all that is made of it (the exponentials and their like behind xt::exp), multiplies,
//   rounds, and then adds; on arm64 the forms with a negative product do.
// - On arm64 quotients and square roots of float are estimates, those of xtensor's expressions too.
// xsimd finds these functions only if they are declared before its own are, so that a unit that includes xtensor by
// itself includes this header, or anything of xgrad, first. Later versions of xsimd have them.

#include <xsimd/config/xsimd_config.hpp>

#if XSIMD_VERSION_MAJOR == 8 && !defined(XSIMD_HPP) && (defined(__AVX512F__) || defined(__aarch64__))

#include <cstddef>  // xsimd writes size_t and includes nothing for it

#define XSIMD_NO_DISCARD __attribute__((warn_unused_result))
#include <xsimd/config/xsimd_arch.hpp>

namespace xsimd {

template <class T, class A>
class batch;

namespace kernel {

#if defined(__AVX512F__)
using FloatArch = avx512f;
using DoubleArch = avx512f;
#else
using FloatArch = neon;
using DoubleArch = neon64;

template <class A>
batch<float, A> div(const batch<float, A>& x, const batch<float, A>& y, const neon64&) noexcept;
template <class A>
batch<float, A> sqrt(const batch<float, A>& x, const neon64&) noexcept;
#endif

}  // namespace kernel
}  // namespace xsimd

#include <xsimd/arch/xsimd_scalar.hpp>
#include <xsimd/types/xsimd_batch.hpp>

namespace xsimd::kernel {

#if defined(__AVX512F__)

template <class A>
batch<float, A> fma(const batch<float, A>& x, const batch<float, A>& y, const batch<float, A>& z,
                    const FloatArch&) noexcept {
  return _mm512_fmadd_ps(x, y, z);
}
template <class A>
batch<double, A> fma(const batch<double, A>& x, const batch<double, A>& y, const batch<double, A>& z,
                     const DoubleArch&) noexcept {
  return _mm512_fmadd_pd(x, y, z);
}
template <class A>
batch<float, A> fms(const batch<float, A>& x, const batch<float, A>& y, const batch<float, A>& z,
                    const FloatArch&) noexcept {
  return _mm512_fmsub_ps(x, y, z);
}
template <class A>
batch<double, A> fms(const batch<double, A>& x, const batch<double, A>& y, const batch<double, A>& z,
                     const DoubleArch&) noexcept {
  return _mm512_fmsub_pd(x, y, z);
}

#else

template <class A>
batch<float, A> div(const batch<float, A>& x, const batch<float, A>& y, const neon64&) noexcept {
  return vdivq_f32(x, y);
}
template <class A>
batch<float, A> sqrt(const batch<float, A>& x, const neon64&) noexcept {
  return vsqrtq_f32(x);
}

#endif

template <class A>
batch<float, A> fnma(const batch<float, A>& x, const batch<float, A>& y, const batch<float, A>& z,
                     const FloatArch& arch) noexcept {
  return fma<A>(-x, y, z, arch);
}
template <class A>
batch<double, A> fnma(const batch<double, A>& x, const batch<double, A>& y, const batch<double, A>& z,
                      const DoubleArch& arch) noexcept {
  return fma<A>(-x, y, z, arch);
}
template <class A>
batch<float, A> fnms(const batch<float, A>& x, const batch<float, A>& y, const batch<float, A>& z,
                     const FloatArch& arch) noexcept {
  return fms<A>(-x, y, z, arch);
}
template <class A>
batch<double, A> fnms(const batch<double, A>& x, const batch<double, A>& y, const batch<double, A>& z,
                      const DoubleArch& arch) noexcept {
  return fms<A>(-x, y, z, arch);
}

}  // namespace xsimd::kernel

#endif
