#pragma once

#include <xgrad/framework/core/windows.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace xgrad::ordered_gemm {

/// The product of a matrix of windows, with a row for each window over some samples and a column for each tap and
/// channel, and a packed right operand. The matrix never stands in memory: rows are read where they lie in the samples,
/// or in a copy of a part of the samples that has the padding around it.
class WindowProduct {
 public:
  enum class TapOrder { forward, backward };

  /// `axes` are those of a sample, whose elements have `channels` channels. Of `group_channels` neighbouring channels
  /// the matrix has columns. With TapOrder::backward the first column is that of the last tap.
  WindowProduct(const std::array<WindowMotion, 3>& axes, TapOrder order, std::int64_t channels,
                std::int64_t group_channels);

  std::int64_t columns() const { return static_cast<std::int64_t>(column_offsets_.size()); }

  /// For each group: the columns of `result` (samples * positions, result_columns) that belong to it, from its channels
  /// of `samples` and its operand (columns(), result_columns / groups) in `packed`, where they stand one after the
  /// other.
  template <class T>
  void multiply(const T* samples, std::int64_t count, const T* packed, T* result, std::int64_t result_columns) const;

 private:
  static constexpr std::size_t rank = 4;  // samples and the axes of each

  /// Windows that are computed together, and the elements under them.
  struct Region {
    std::array<std::int64_t, rank> first;
    std::array<std::int64_t, rank> count;
  };

  void choose_part();
  template <class T>
  void copy_region(const Region& region, const T* samples, T* to) const;
  template <class T>
  void multiply_region(const Region& region, const T* elements, const T* packed, T* result,
                       std::int64_t result_columns) const;
  std::int64_t positions() const { return axes_[0].count * axes_[1].count * axes_[2].count; }

  std::array<WindowMotion, 3> axes_;
  std::int64_t channels_;
  std::int64_t group_channels_;
  bool is_padded_ = false;
  std::array<std::int64_t, rank> part_{};     ///< the most windows of a region, samples first
  std::array<std::int64_t, rank> strides_{};  ///< of the elements that are read
  std::int64_t part_elements_ = 0;            ///< of a copied region
  std::vector<std::int64_t> column_offsets_;
};

}  // namespace xgrad::ordered_gemm
