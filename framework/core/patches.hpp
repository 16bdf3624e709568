#pragma once

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
  const auto channels = block.channels;
  if (windows.step() == 1 && block.columns == windows.taps() * channels) {  // neighbours in both
    windows.for_each_run(block.first_window, block.windows, [&](auto index, auto tap, auto taps, auto element) {
      visit(element * channels, index * block.columns + tap * channels, taps * channels);
    });
    return;
  }
  const auto last_column = block.first_column + block.columns;
  windows.for_each_run(block.first_window, block.windows, [&](auto index, auto tap, auto taps, auto element) {
    for (std::int64_t i = 0; i < taps; ++i) {
      const auto column = (tap + i) * block.patch_channels;
      const auto begin = std::max(column, block.first_column);
      const auto end = std::min(column + block.patch_channels, last_column);
      if (begin >= end) continue;
      visit((element + i * windows.step()) * channels + block.first_channel + begin - column,
            index * block.columns + begin - block.first_column, end - begin);
    }
  });
}

/// Copies elements to where they are in the block; padding is 0.
template <class T>
void gather_patches(const Windows& windows, const PatchBlock& block, const T* elements, T* patches) {
  if (windows.is_padded()) std::fill_n(patches, block.windows * block.columns, T(0));
  for_each_piece(windows, block, [=](std::int64_t from, std::int64_t to, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) patches[to + i] = elements[from + i];
  });
}

/// Adds what is in the block to the elements: the transpose of `gather_patches`.
template <class T>
void scatter_add_patches(const Windows& windows, const PatchBlock& block, const T* patches, T* elements) {
  for_each_piece(windows, block, [=](std::int64_t to, std::int64_t from, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) elements[to + i] += patches[from + i];
  });
}

}  // namespace xgrad
