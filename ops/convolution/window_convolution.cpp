#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/ops/convolution/window_convolution.hpp>

#include <algorithm>

namespace xgrad {
namespace {

using enum ConvolutionFactor;
using ordered_gemm::WindowProduct;

// Fewer columns of a product would leave most of a vector empty.
constexpr std::int64_t fewest_columns = 8;

/// Windows over y that sum up what each element of x has given to it: of the taps over an element, the last one belongs
/// to the first position.
std::array<WindowMotion, 3> transposed(std::array<WindowMotion, 3> axes) {
  for (auto& axis : axes) {
    std::swap(axis.size, axis.count);
    axis.before = (axis.taps - 1) * axis.dilation - axis.before;
  }
  return axes;
}

WindowProduct product_for(ConvolutionFactor result, const ConvolutionSizes& sizes) {
  if (result == y) {
    return {sizes.axes, WindowProduct::TapOrder::forward, sizes.channels, sizes.channels / sizes.groups};
  }
  return {transposed(sizes.axes), WindowProduct::TapOrder::backward, sizes.filters, sizes.filters / sizes.groups};
}

}  // namespace

bool WindowConvolution::suits(ConvolutionFactor result, const ConvolutionSizes& sizes) {
  if (result == weights) return false;
  if (result == y) return sizes.filters / sizes.groups >= fewest_columns;
  return sizes.channels / sizes.groups >= fewest_columns &&
         std::all_of(sizes.axes.begin(), sizes.axes.end(), [](const auto& axis) { return axis.stride == 1; });
}

WindowConvolution::WindowConvolution(ConvolutionFactor result, const ConvolutionSizes& sizes)
    : result_(result),
      groups_(sizes.groups),
      filters_(sizes.filters),
      taps_(sizes.axes[0].taps * sizes.axes[1].taps * sizes.axes[2].taps),
      result_channels_((result == x ? sizes.channels : sizes.filters) / sizes.groups),
      product_(product_for(result, sizes)) {}

template <class T>
std::int64_t WindowConvolution::panels() const {
  const auto width = ordered_gemm::panel_columns<T>();
  return groups_ * ((result_channels_ + width - 1) / width);
}

template <class T>
std::int64_t WindowConvolution::panel_elements() const {
  return product_.columns() * ordered_gemm::panel_columns<T>();
}

template <class T>
void WindowConvolution::pack(const T* weights, std::int64_t first, std::int64_t last, T* packed) const {
  const auto width = ordered_gemm::panel_columns<T>();
  const auto panels_of_group = panels<T>() / groups_;
  for (auto index = first; index < last; ++index, packed += panel_elements<T>()) {
    const auto panel = index % panels_of_group;
    const auto group_filters = filters_ / groups_;
    const T* group = weights + index / panels_of_group * group_filters;
    if (!is_gradient()) {
      const MatrixView<const T> matrix{group, product_.columns(), group_filters, filters_};
      ordered_gemm::pack_panels(matrix, panel, panel + 1, packed);
      continue;
    }
    for (std::int64_t tap = 0; tap < taps_; ++tap) {
      const MatrixView<const T> matrix{group + tap * result_channels_ * filters_, result_channels_, group_filters,
                                       filters_};
      ordered_gemm::pack_panels(matrix.transposed(), panel, panel + 1, packed + tap * group_filters * width);
    }
  }
}

template <class T>
void WindowConvolution::run(const T* image, std::int64_t samples, const T* packed, T* result) const {
  product_.multiply(image, samples, packed, result, groups_ * result_channels_);
}

#define XGRAD_INSTANTIATE(T)                                                                \
  template std::int64_t WindowConvolution::panels<T>() const;                               \
  template std::int64_t WindowConvolution::panel_elements<T>() const;                       \
  template void WindowConvolution::pack<T>(const T*, std::int64_t, std::int64_t, T*) const; \
  template void WindowConvolution::run<T>(const T*, std::int64_t, const T*, T*) const;
XGRAD_INSTANTIATE(float)
XGRAD_INSTANTIATE(double)
#undef XGRAD_INSTANTIATE

}  // namespace xgrad
