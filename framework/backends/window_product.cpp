#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/backends/thread_memory.hpp>
#include <xgrad/framework/backends/window_product.hpp>

#include <algorithm>

namespace xgrad::ordered_gemm {
namespace {

// Elements of a copied region: what stays in the second-level cache beside the right operand.
constexpr std::int64_t region_elements = 1 << 16;

// Windows from which on a product reads its right operand often enough.
constexpr std::int64_t enough_windows = 224;

/// A tag for `thread_memory`, which names a buffer of its own.
struct Regions;

/// Elements under so many windows.
std::int64_t extent(const WindowMotion& axis, std::int64_t windows) {
  return (windows - 1) * axis.stride + axis.extent();
}

}  // namespace

WindowProduct::WindowProduct(const std::array<WindowMotion, 3>& axes, TapOrder order, std::int64_t channels,
                             std::int64_t group_channels)
    : axes_(axes), channels_(channels), group_channels_(group_channels) {
  for (const auto& axis : axes_) {
    is_padded_ =
        is_padded_ || axis.before > 0 || (axis.count > 0 && extent(axis, axis.count) - axis.before > axis.size);
  }
  choose_part();
  strides_[3] = channels_;
  for (std::size_t axis = 3; axis-- > 0;) {
    const auto size = is_padded_ ? extent(axes_[axis], part_[axis + 1]) : axes_[axis].size;
    strides_[axis] = strides_[axis + 1] * size;
  }
  part_elements_ = strides_[0] * part_[0];
  const auto taps = axes_[0].taps * axes_[1].taps * axes_[2].taps;
  column_offsets_.reserve(static_cast<std::size_t>(taps * group_channels_));
  for (std::int64_t index = 0; index < taps; ++index) {
    auto rest = order == TapOrder::forward ? index : taps - 1 - index;
    std::int64_t offset = 0;
    for (std::size_t axis = 3; axis-- > 0; rest /= axes_[axis].taps) {
      offset += rest % axes_[axis].taps * axes_[axis].dilation * strides_[axis + 1];
    }
    for (std::int64_t channel = 0; channel < group_channels_; ++channel) column_offsets_.push_back(offset + channel);
  }
}

/// As many windows as fit: lines, then planes, then samples.
void WindowProduct::choose_part() {
  part_ = {1, axes_[0].count, axes_[1].count, axes_[2].count};
  if (is_padded_) {
    for (std::size_t axis : {0, 1}) {
      auto inner = channels_;
      for (std::size_t other = 0; other < 3; ++other) {
        if (other != axis) inner *= extent(axes_[other], part_[other + 1]);
      }
      const auto fitting = (region_elements / inner - axes_[axis].extent()) / axes_[axis].stride + 1;
      // Parts of almost equal size.
      const auto most = std::clamp(fitting, std::int64_t{1}, std::max(axes_[axis].count, std::int64_t{1}));
      const auto parts = std::max((axes_[axis].count + most - 1) / most, std::int64_t{1});
      part_[axis + 1] = (axes_[axis].count + parts - 1) / parts;
    }
  }
  if (positions() > 0 && part_[1] == axes_[0].count && part_[2] == axes_[1].count) {
    part_[0] = std::max((enough_windows + positions() - 1) / positions(), std::int64_t{1});
  }
}

template <class T>
void WindowProduct::multiply(const T* samples, std::int64_t count, const T* packed, T* result,
                             std::int64_t result_columns) const {
  if (count == 0 || positions() == 0) return;
  T* copy = is_padded_ ? thread_memory<Regions, T>(part_elements_) : nullptr;
  Region region;
  auto& [first, sizes] = region;
  const auto sample_elements = axes_[0].size * axes_[1].size * axes_[2].size * channels_;
  for (first[0] = 0; first[0] < count; first[0] += part_[0]) {
    sizes[0] = std::min(part_[0], count - first[0]);
    for (first[1] = 0; first[1] < axes_[0].count; first[1] += part_[1]) {
      sizes[1] = std::min(part_[1], axes_[0].count - first[1]);
      for (first[2] = 0; first[2] < axes_[1].count; first[2] += part_[2]) {
        sizes[2] = std::min(part_[2], axes_[1].count - first[2]);
        first[3] = 0;
        sizes[3] = axes_[2].count;
        const T* elements = copy;
        if (is_padded_) {
          copy_region(region, samples, copy);
        } else {
          elements = samples + first[0] * sample_elements;
          for (std::size_t axis = 0; axis < 3; ++axis) {
            elements += (first[axis + 1] * axes_[axis].stride - axes_[axis].before) * strides_[axis + 1];
          }
        }
        const auto window = ((first[0] * axes_[0].count + first[1]) * axes_[1].count + first[2]) * axes_[2].count;
        multiply_region(region, elements, packed, result + window * result_columns, result_columns);
      }
    }
  }
}

template <class T>
void WindowProduct::copy_region(const Region& region, const T* samples, T* to) const {
  const auto start = [&](std::size_t axis) { return region.first[axis + 1] * axes_[axis].stride - axes_[axis].before; };
  const auto end = [&](std::size_t axis) { return start(axis) + extent(axes_[axis], region.count[axis + 1]); };
  // Of each line, the elements that are there.
  const auto length = (end(2) - start(2)) * channels_;
  const auto left = std::clamp<std::int64_t>(-start(2), 0, end(2) - start(2)) * channels_;
  const auto present =
      std::max<std::int64_t>(std::min(end(2), axes_[2].size) * channels_ - start(2) * channels_ - left, 0);
  const auto first = start(2) * channels_ + left;
  for (std::int64_t sample = 0; sample < region.count[0]; ++sample) {
    for (auto plane = start(0); plane < end(0); ++plane) {
      for (auto line = start(1); line < end(1); ++line) {
        T* copied = to + sample * strides_[0] + (plane - start(0)) * strides_[1] + (line - start(1)) * strides_[2];
        if (plane < 0 || plane >= axes_[0].size || line < 0 || line >= axes_[1].size) {
          std::fill_n(copied, length, T(0));
          continue;
        }
        const auto number = ((region.first[0] + sample) * axes_[0].size + plane) * axes_[1].size + line;
        std::fill_n(copied, left, T(0));
        std::copy_n(samples + number * axes_[2].size * channels_ + first, present, copied + left);
        std::fill_n(copied + left + present, length - left - present, T(0));
      }
    }
  }
}

template <class T>
void WindowProduct::multiply_region(const Region& region, const T* elements, const T* packed, T* result,
                                    std::int64_t result_columns) const {
  const auto groups = channels_ / group_channels_;
  const auto group_columns = result_columns / groups;
  const auto operand = packed_elements<T>(columns(), group_columns);
  std::array<std::int64_t, enough_windows> row_offsets;
  std::array<std::int64_t, rank> at{};
  const auto& size = region.count;
  const auto windows = size[0] * size[1] * size[2] * size[3];
  for (std::int64_t window = 0; window < windows;) {
    const auto count = std::min(enough_windows, windows - window);
    for (std::int64_t row = 0; row < count; ++row) {
      row_offsets[static_cast<std::size_t>(row)] = at[0] * strides_[0] + at[1] * axes_[0].stride * strides_[1] +
                                                   at[2] * axes_[1].stride * strides_[2] +
                                                   at[3] * axes_[2].stride * strides_[3];
      for (std::size_t axis = rank; axis-- > 0;) {
        if (++at[axis] < size[axis] || axis == 0) break;
        at[axis] = 0;
      }
    }
    for (std::int64_t group = 0; group < groups; ++group) {
      multiply_packed(OffsetMatrix<T>{elements + group * group_channels_, count, columns(), row_offsets.data(),
                                      column_offsets_.data()},
                      packed + group * operand,
                      MatrixView<T>{result + window * result_columns + group * group_columns, count, group_columns,
                                    result_columns});
    }
    window += count;
  }
}

template void WindowProduct::multiply<float>(const float*, std::int64_t, const float*, float*, std::int64_t) const;
template void WindowProduct::multiply<double>(const double*, std::int64_t, const double*, double*, std::int64_t) const;

}  // namespace xgrad::ordered_gemm
