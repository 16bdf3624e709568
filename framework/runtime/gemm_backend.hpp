#pragma once

#include <xgrad/framework/runtime/gemm.hpp>

#include <span>
#include <string_view>

namespace xgrad {

/// A library that multiplies matrices. Its functions are as `gemm`, except that sizes have been checked and none is 0.
struct GemmBackend {
  template <class T>
  using Multiply = void (*)(const MatrixView<const T>& left, const MatrixView<const T>& right,
                            const MatrixView<T>& result);

  std::string_view name;
  Multiply<float> multiply_float;
  Multiply<double> multiply_double;  ///< none where the library has no double precision
};

extern const GemmBackend blas_backend;
extern const GemmBackend onednn_backend;  ///< only in builds that found oneDNN

/// The libraries in this build, the preferred one first: `gemm` takes the first that has the element type.
std::span<const GemmBackend> gemm_backends();

}  // namespace xgrad
