#pragma once

#include <xgrad/framework/core/shape.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <type_traits>

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

struct Assign {
  template <class T>
  void operator()(T& to, T from) const {
    to = from;
  }
};

struct AddTo {
  template <class T>
  void operator()(T& to, T from) const {
    to = static_cast<T>(to + from);
  }
};

/// Writes two axes in square blocks, so that both the lines read and the lines written stay in cache.
template <class T, class Write>
void write_plane(const T* input, T* output, const StridedLoop& rows, const StridedLoop& columns, Write write) {
  constexpr std::int64_t block = 16;
  for (std::int64_t top = 0; top < rows.extent; top += block) {
    const auto bottom = std::min(top + block, rows.extent);
    for (std::int64_t left = 0; left < columns.extent; left += block) {
      const auto right = std::min(left + block, columns.extent);
      for (auto row = top; row < bottom; ++row) {
        for (auto column = left; column < right; ++column) {
          write(output[row * rows.output_stride + column * columns.output_stride],
                input[row * rows.input_stride + column * columns.input_stride]);
        }
      }
    }
  }
}

/// Copies neighbours in pieces of a fixed size, which become vector registers: for the short lines of a copy, such as
/// the features of a head, a call of memcpy takes longer than the copy.
template <class T>
void copy_neighbours(const T* input, T* output, std::int64_t count) {
  constexpr std::int64_t piece = 64 / static_cast<std::int64_t>(sizeof(T));
  constexpr std::int64_t short_line = 16 * piece;
  if (count > short_line) {
    std::copy_n(input, count, output);
    return;
  }
  std::int64_t first = 0;
  for (; first + piece <= count; first += piece) std::memcpy(output + first, input + first, piece * sizeof(T));
  for (; first < count; ++first) output[first] = input[first];
}

template <class T, class Write>
void write_line(const T* input, T* output, const StridedLoop& loop, Write write) {
  if (loop.input_stride != 1 || loop.output_stride != 1) {
    for (std::int64_t i = 0; i < loop.extent; ++i) write(output[i * loop.output_stride], input[i * loop.input_stride]);
  } else if constexpr (std::is_same_v<Write, Assign>) {
    copy_neighbours(input, output, loop.extent);
  } else {
    for (std::int64_t i = 0; i < loop.extent; ++i) write(output[i], input[i]);
  }
}

template <class T, class Write>
void write_strided(const T* input, T* output, std::span<const StridedLoop> loops, Write write) {
  if (loops.empty()) {
    write(*output, *input);
  } else if (loops.size() == 1) {
    write_line(input, output, loops[0], write);
  } else if (loops.size() == 2 && std::abs(loops[0].input_stride) < std::abs(loops[1].input_stride)) {
    write_plane(input, output, loops[0], loops[1], write);
  } else if (loops.size() == 2) {
    for (std::int64_t i = 0; i < loops[0].extent; ++i) {
      write_line(input + i * loops[0].input_stride, output + i * loops[0].output_stride, loops[1], write);
    }
  } else {
    for (std::int64_t i = 0; i < loops[0].extent; ++i) {
      write_strided(input + i * loops[0].input_stride, output + i * loops[0].output_stride, loops.subspan(1), write);
    }
  }
}

}  // namespace detail

/// Copies the element at `input` and all that `loops` lead to; none of them may be empty.
template <class T>
void copy_strided(const T* input, T* output, std::span<const StridedLoop> loops) {
  detail::write_strided(input, output, loops, detail::Assign());
}

/// As `copy_strided`, but adds to the elements of `output`.
template <class T>
void add_strided(const T* input, T* output, std::span<const StridedLoop> loops) {
  detail::write_strided(input, output, loops, detail::AddTo());
}

}  // namespace xgrad
