#pragma once

#include <xgrad/framework/core/shape.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace xgrad {

/// One axis of a copy between two layouts; steps are in elements and may be negative.
struct StridedLoop {
  std::int64_t extent;
  std::int64_t input_stride;
  std::int64_t output_stride;
};

/// The loops of a copy from the outermost, neighbours that are one run in both layouts merged; held without heap memory
/// because kernels make it in every call.
class StridedLoops {
 public:
  /// Adds an axis inside of those there are.
  void add(const StridedLoop& loop) {
    if (loop.extent == 1) return;
    if (count_ > 0) {
      auto& outer = loops_[count_ - 1];
      if (outer.input_stride == loop.extent * loop.input_stride &&
          outer.output_stride == loop.extent * loop.output_stride) {
        outer = {outer.extent * loop.extent, loop.input_stride, loop.output_stride};
        return;
      }
    }
    loops_[count_++] = loop;
  }

  std::span<StridedLoop> span() { return {loops_.data(), count_}; }

 private:
  std::array<StridedLoop, max_rank> loops_;
  std::size_t count_ = 0;
};

namespace detail {

/// Copies two axes in square blocks, so that both the lines read and the lines written stay in cache.
template <class T>
void copy_plane(const T* input, T* output, const StridedLoop& rows, const StridedLoop& columns) {
  constexpr std::int64_t block = 16;
  for (std::int64_t top = 0; top < rows.extent; top += block) {
    const auto bottom = std::min(top + block, rows.extent);
    for (std::int64_t left = 0; left < columns.extent; left += block) {
      const auto right = std::min(left + block, columns.extent);
      for (auto row = top; row < bottom; ++row) {
        for (auto column = left; column < right; ++column) {
          output[row * rows.output_stride + column * columns.output_stride] =
              input[row * rows.input_stride + column * columns.input_stride];
        }
      }
    }
  }
}

template <class T>
void copy_line(const T* input, T* output, const StridedLoop& loop) {
  if (loop.input_stride == 1 && loop.output_stride == 1) {
    std::copy_n(input, loop.extent, output);
  } else {
    for (std::int64_t i = 0; i < loop.extent; ++i) output[i * loop.output_stride] = input[i * loop.input_stride];
  }
}

}  // namespace detail

/// Copies the element at `input` and all that `loops` lead to; none of them may be empty.
template <class T>
void copy_strided(const T* input, T* output, std::span<const StridedLoop> loops) {
  if (loops.empty()) {
    *output = *input;
  } else if (loops.size() == 1) {
    detail::copy_line(input, output, loops[0]);
  } else if (loops.size() == 2 && std::abs(loops[0].input_stride) < std::abs(loops[1].input_stride)) {
    detail::copy_plane(input, output, loops[0], loops[1]);
  } else {
    for (std::int64_t i = 0; i < loops[0].extent; ++i) {
      copy_strided(input + i * loops[0].input_stride, output + i * loops[0].output_stride, loops.subspan(1));
    }
  }
}

}  // namespace xgrad
