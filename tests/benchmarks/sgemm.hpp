#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace xgrad::benchmark {

/// A library of matrix products, for the loops that xgrad is compared with. One thread in each call.
struct SgemmLibrary {
  std::string_view name;

  /// c = op(a) op(b), row by row: c has `rows` x `columns` elements, op transposes where asked, `inner` is what is
  /// summed over and the strides are those of the arrays as they are stored.
  void (*sgemm)(bool transpose_a, bool transpose_b, int rows, int columns, int inner, const float* a, int stride_a,
                const float* b, int stride_b, float* c, int stride_c);

  /// How many elements of a weight gradient one call computes at most, to be updated while they are in cache: the best
  /// seen. OpenBLAS rearranges the other operand in every call, which smaller tiles would repeat too often.
  std::size_t largest_tile;
};

/// OpenBLAS, and oneDNN where it was found.
std::span<const SgemmLibrary> sgemm_libraries();

}  // namespace xgrad::benchmark
