#pragma once

#include <xgrad/framework/core/running.hpp>
#include <xgrad/framework/core/windows.hpp>

#include <algorithm>
#include <cstdint>

namespace xgrad {

/// A block of the matrix of patches, which has a row for each window and a column for each tap and channel of it.
struct PatchBlock {
  std::int64_t first_window;  ///< counted through all samples
  std::int64_t windows;
  std::int64_t channels;        ///< of the elements
  std::int64_t first_channel;   ///< of those in the matrix
  std::int64_t patch_channels;  ///< how many are in the matrix
  std::int64_t first_column;
  std::int64_t columns;
};

/// Calls visit(offset of elements, offset in the block, count) for runs of numbers that are in the elements and in the
/// block of the matrix of patches.
template <class Visit>
void for_each_piece(const Windows& windows, const PatchBlock& block, Visit visit) {
  const auto width = block.patch_channels;
  // Of taps that are neighbours, all channels are: they make one piece.
  const bool is_joined = windows.step() == 1 && width == block.channels;
  const auto last_column = block.first_column + block.columns;
  const auto visit_run = [&](const WindowRun& run) {
    const auto taps_of_piece = is_joined ? run.taps : 1;
    for (std::int64_t i = 0; i < run.taps; i += taps_of_piece) {
      const auto column = (run.tap + i) * width;
      const auto begin = std::max(column, block.first_column);
      const auto end = std::min(column + taps_of_piece * width, last_column);
      if (begin >= end) continue;
      visit((run.element + i * windows.step()) * block.channels + block.first_channel + begin - column,
            run.window * block.columns + begin - block.first_column, end - begin);
    }
  };
  if (width == 0) return;
  windows.for_each_run(block.first_window, block.windows, visit_run, block.first_column / width,
                       (last_column - 1) / width + 1);
}

namespace detail {

/// std::copy_n for runs that are often shorter than a call.
template <class T>
void copy_run(const T* from, std::int64_t count, T* to) {
  if (count > 8) {
    std::copy_n(from, count, to);
  } else if (count >= 4) {  // two halves that may overlap
    std::copy_n(from, 4, to);
    std::copy_n(from + count - 4, 4, to + count - 4);
  } else {
    for (std::int64_t i = 0; i < count; ++i) to[i] = from[i];
  }
}

}  // namespace detail

/// Copies elements to where they are in the block; padding is 0.
template <class T>
void gather_patches(const Windows& windows, const PatchBlock& block, const T* elements, T* patches) {
  if (windows.is_padded()) std::fill_n(patches, block.windows * block.columns, T(0));
  for_each_piece(windows, block, [=](std::int64_t from, std::int64_t to, std::int64_t count) {
    detail::copy_run(elements + from, count, patches + to);
  });
}

/// Adds what is in the block to the elements: the transpose of `gather_patches`.
template <class T>
void scatter_add_patches(const Windows& windows, const PatchBlock& block, const T* patches, T* elements) {
  for_each_piece(windows, block, [=](std::int64_t to, std::int64_t from, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) elements[to + i] += patches[from + i];
  });
}

/// The same for many taps over one element.
template <class T>
void scatter_add_patches(const Windows& windows, const PatchBlock& block, const T* patches,
                         const PlacedSums<T>& elements) {
  for_each_piece(windows, block, [=](std::int64_t to, std::int64_t from, std::int64_t count) {
    elements.add(to, patches + from, count);
  });
}

}  // namespace xgrad
