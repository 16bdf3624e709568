#pragma once

#include <cstdint>
#include <cstring>

namespace xgrad::ordered_gemm {

/// Vectors of 32 bytes in two halves, written so that each step of a transposition is one instruction of AVX.
typedef float Floats __attribute__((vector_size(32)));
typedef double Doubles __attribute__((vector_size(32)));

template <class Vector>
Vector load(const void* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

/// Pairs of vectors exchange their halves: 4 rows apart for floats, 2 for doubles.
template <class Vector, int Size>
void exchange_halves(Vector (&rows)[Size]) {
#pragma GCC unroll 4
  for (int i = 0; i < Size / 2; ++i) {
    const auto low = reinterpret_cast<Doubles>(rows[i]);
    const auto high = reinterpret_cast<Doubles>(rows[i + Size / 2]);
    rows[i] = reinterpret_cast<Vector>(__builtin_shufflevector(low, high, 0, 1, 4, 5));
    rows[i + Size / 2] = reinterpret_cast<Vector>(__builtin_shufflevector(low, high, 2, 3, 6, 7));
  }
}

/// Transposes a square of 4 x 4: columns that lie `from_stride` apart become rows.
inline void transpose_square(const double* from, std::int64_t from_stride, double* to, std::int64_t to_stride) {
  Doubles rows[4];
  for (int i = 0; i < 4; ++i) rows[i] = load<Doubles>(from + i * from_stride);
  exchange_halves(rows);
  for (int i = 0; i < 4; i += 2) {
    const auto even = __builtin_shufflevector(rows[i], rows[i + 1], 0, 4, 2, 6);
    rows[i + 1] = __builtin_shufflevector(rows[i], rows[i + 1], 1, 5, 3, 7);
    rows[i] = even;
  }
  for (int i = 0; i < 4; ++i) std::memcpy(to + i * to_stride, &rows[i], sizeof rows[i]);
}

/// The same for 8 x 8.
inline void transpose_square(const float* from, std::int64_t from_stride, float* to, std::int64_t to_stride) {
  Floats rows[8];
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) rows[i] = load<Floats>(from + i * from_stride);
  exchange_halves(rows);
#pragma GCC unroll 2
  for (int half = 0; half < 8; half += 4) {
    Floats pairs[4];
#pragma GCC unroll 2
    for (int i = 0; i < 2; ++i) {
      const auto& first = rows[half + i];
      const auto& second = rows[half + i + 2];
      pairs[i] = __builtin_shufflevector(first, second, 0, 1, 8, 9, 4, 5, 12, 13);
      pairs[i + 2] = __builtin_shufflevector(first, second, 2, 3, 10, 11, 6, 7, 14, 15);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 4; i += 2) {
      rows[half + i] = __builtin_shufflevector(pairs[i], pairs[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
      rows[half + i + 1] = __builtin_shufflevector(pairs[i], pairs[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) std::memcpy(to + i * to_stride, &rows[i], sizeof rows[i]);
}

/// Rows and columns of the square that `transpose_square` transposes.
template <class T>
inline constexpr std::int64_t transposed_side = 32 / sizeof(T);

}  // namespace xgrad::ordered_gemm
