#pragma once

#include <xgrad/framework/core/windows.hpp>

#include <array>
#include <cstdint>

namespace xgrad::ordered_gemm {

/// The gradient of the weights of a convolution: the product of the transposed matrix of windows over x with y. Terms
/// are windows, counted through all samples: a chain has those of `chain_terms` neighbouring windows whose tap lies on
/// an element. Chains are added as those of every product; the matrix of windows never stands in memory.
class WindowGradient {
 public:
  /// x has `channels` channels, of which a window sees `group_channels` neighbouring ones.
  WindowGradient(const std::array<WindowMotion, 3>& axes, std::int64_t channels, std::int64_t group_channels);

  /// Writes rows [first_row, first_row + rows) of (taps * group_channels, filters), given x and y of some samples.
  /// Allocates nothing after a thread's first call.
  template <class T>
  void run(const T* x, const T* y, std::int64_t samples, std::int64_t filters, std::int64_t first_row,
           std::int64_t rows, T* result) const;

  /// Lists the windows [first, first + count) whose tap lies on an element, counted from `first`, and where the element
  /// is. Returns how many there are.
  std::int64_t list_terms(std::int64_t tap, std::int64_t first, std::int64_t count, std::int64_t* offsets,
                          std::int64_t* windows) const;

 private:
  template <class T>
  class Sums;

  /// Elements of x from the first tap of a window to another one.
  std::int64_t tap_offset(std::int64_t tap) const;
  std::array<std::int64_t, 3> tap_indices(std::int64_t tap) const;

  std::array<WindowMotion, 3> axes_;
  std::int64_t channels_;
  std::int64_t group_channels_;
  bool is_padded_ = false;
};

}  // namespace xgrad::ordered_gemm
