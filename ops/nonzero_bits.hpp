#pragma once

#include <xgrad/framework/core/dtype.hpp>

#include <cstdint>

namespace xgrad {

/// Calls `function` with an element type of the size of a dtype's as its template argument and with the bits of it that
/// are all 0 in what equals 0: of floating point the exponent, because in kernels denormals are zero. For what asks of
/// elements nothing else, and is then compiled for each size instead of each dtype.
template <class Function>
void visit_nonzero_bits(DType dtype, Function function) {
  constexpr std::uint64_t float32_exponent = 0x7f800000;
  constexpr std::uint64_t float64_exponent = 0x7ff0000000000000;
  switch (dtype) {
    case DType::float32:
      return function(static_cast<std::int32_t>(float32_exponent));
    case DType::int32:
      return function(std::int32_t{-1});
    case DType::float64:
      return function(static_cast<std::int64_t>(float64_exponent));
    case DType::int64:
      return function(std::int64_t{-1});
    case DType::uint8:
    case DType::boolean:
      return function(std::uint8_t{255});
  }
}

}  // namespace xgrad
