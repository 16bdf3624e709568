#pragma once

#include <xgrad/framework/core/elementary/lanes.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace xgrad::ordered_gemm {

/// How many rows and columns of a product the registers of the processor hold at a time.
template <class T>
struct TileSize {
  static constexpr std::int64_t lanes = xsimd::batch<T>::size;
  static constexpr std::int64_t vectors = 2;  ///< side by side in a row of the tile
  static constexpr std::int64_t columns = vectors * lanes;
#if defined(__AVX512F__) || defined(__aarch64__)
  static constexpr std::int64_t registers = 32;
#else
  static constexpr std::int64_t registers = 16;
#endif
  /// One register is for the element of the left operand, `vectors` are for those of the right.
  static constexpr std::int64_t rows = (registers - vectors - 1) / vectors;
};

/// Rows and terms of a left operand that lie in equal steps: left(r, i) is data[r * row_stride + i * term_stride].
template <class T>
struct EqualSteps {
  const T* data;
  std::int64_t row_stride;
  std::int64_t term_stride;

  const T* row(std::int64_t index) const { return data + index * row_stride; }
  std::int64_t term(std::int64_t index) const { return index * term_stride; }
  std::int64_t right_row(std::int64_t index) const { return index; }
};

/// Rows and terms of a left operand that lie anywhere: left(r, i) is data[row_offsets[r] + term_offsets[i]].
template <class T>
struct ListedSteps {
  const T* data;
  const std::int64_t* row_offsets;
  const std::int64_t* term_offsets;

  const T* row(std::int64_t index) const { return data + row_offsets[index]; }
  std::int64_t term(std::int64_t index) const { return term_offsets[index]; }
  std::int64_t right_row(std::int64_t index) const { return index; }
};

/// The same where terms are some rows of the right operand only.
template <class T>
struct ListedTerms : ListedSteps<T> {
  const std::int64_t* right_rows;

  std::int64_t right_row(std::int64_t index) const { return right_rows[index]; }
};

/// Writes to `to`, whose rows are `to_stride` apart, the sums over `terms` terms of one chain each: left(r, i) times
/// right(i, c) = right[right_row(i) * right_stride + c]. If `adds`, adds them to what is there.
template <class T, class Steps>
using ChainKernel = void (*)(const Steps& left, const T* right, std::int64_t right_stride, std::int64_t terms, T* to,
                             std::int64_t to_stride, bool adds);

/// Asks for what the tile will read some terms later: processors look ahead along contiguous memory only, and not
/// beyond the end of a page. Of the left operand, whose rows or terms lie apart, it is two rows at each term, in turn.
template <int Rows, int Vectors, class T, class Steps>
inline void prefetch_terms(const Steps& left, const T* right, std::int64_t right_stride, std::int64_t term,
                           std::int64_t terms) {
  constexpr std::int64_t right_distance = 12;
  constexpr std::int64_t left_distance = 32;
  constexpr auto line = static_cast<std::int64_t>(64 / sizeof(T));
  const T* right_row = right + (left.right_row(term) + right_distance) * right_stride;
#pragma GCC unroll 4
  for (std::int64_t column = 0; column < Vectors * TileSize<T>::lanes; column += line) {
    __builtin_prefetch(right_row + column);
  }
  constexpr auto turn = static_cast<std::int64_t>(std::bit_floor(static_cast<unsigned>(Rows)));
  const auto later = left.term(std::min(term + left_distance, terms - 1));
  const auto row = term % turn;
  __builtin_prefetch(left.row(row) + later);
  if constexpr (turn < Rows) __builtin_prefetch(left.row(row + Rows - turn) + later);
}

template <class T, class Steps, int Rows, int Vectors>
void sum_chain(const Steps& left, const T* right, std::int64_t right_stride, std::int64_t terms, T* to,
               std::int64_t to_stride, bool adds) {
  using Vector = xsimd::batch<T>;
  constexpr int lanes = Vector::size;
  const Steps steps = left;
  const T* rows[Rows];
#pragma GCC unroll 16
  for (int row = 0; row < Rows; ++row) rows[row] = steps.row(row);
  Vector sums[Rows][Vectors];
#pragma GCC unroll 16
  for (int row = 0; row < Rows; ++row) {
#pragma GCC unroll 2
    for (int vector = 0; vector < Vectors; ++vector) sums[row][vector] = Vector(T(0));
  }
  // Unrolled by hand: the sums stay in registers only if their indices are constants.
  for (std::int64_t term = 0; term < terms; ++term) {
    const auto offset = steps.term(term);
    const T* right_row = right + steps.right_row(term) * right_stride;
    // Where a term is soon done, this costs more than it saves.
    if constexpr (TileSize<T>::registers == 32) {
      prefetch_terms<Rows, Vectors>(steps, right, right_stride, term, terms);
    }
    Vector factors[Vectors];
#pragma GCC unroll 2
    for (int vector = 0; vector < Vectors; ++vector) {
      factors[vector] = Vector::load_unaligned(right_row + vector * lanes);
    }
#pragma GCC unroll 16
    for (int row = 0; row < Rows; ++row) {
      const Vector factor(rows[row][offset]);
#pragma GCC unroll 2
      for (int vector = 0; vector < Vectors; ++vector) {
        sums[row][vector] = elementary::lanes::multiply_add(factor, factors[vector], sums[row][vector]);
      }
    }
  }
#pragma GCC unroll 16
  for (int row = 0; row < Rows; ++row) {
#pragma GCC unroll 2
    for (int vector = 0; vector < Vectors; ++vector) {
      T* element = to + row * to_stride + vector * lanes;
      if (adds) sums[row][vector] += Vector::load_unaligned(element);
      sums[row][vector].store_unaligned(element);
    }
  }
}

/// The kernel for a tile of that many rows, at most TileSize::rows, and vectors.
template <class T, class Steps>
ChainKernel<T, Steps> chain_kernel(std::int64_t rows, std::int64_t vectors) {
  static constexpr auto kernels = []<std::size_t... Row>(std::index_sequence<Row...>) {
    return std::array<std::array<ChainKernel<T, Steps>, 2>, sizeof...(Row)>{
        {{sum_chain<T, Steps, static_cast<int>(Row) + 1, 1>, sum_chain<T, Steps, static_cast<int>(Row) + 1, 2>}...}};
  }
  (std::make_index_sequence<TileSize<T>::rows>());
  return kernels[static_cast<std::size_t>(rows - 1)][static_cast<std::size_t>(vectors - 1)];
}

}  // namespace xgrad::ordered_gemm
