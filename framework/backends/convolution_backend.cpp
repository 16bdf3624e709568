#include <xgrad/framework/backends/convolution_backend.hpp>

#include <algorithm>

namespace xgrad {

const ConvolutionBackend* convolution_backend() {
#if XGRAD_USE_ONEDNN_CONVOLUTION
  static const bool suits = onednn_convolution_backend.suits_machine();
  return suits ? &onednn_convolution_backend : nullptr;
#else
  return nullptr;
#endif
}

// docs/performance.md has the measurements.
bool suits_convolution_backend(ConvolutionFactor result, const ConvolutionSizes& sizes) {
  const auto& axes = sizes.axes;
  const bool is_dilated = std::any_of(axes.begin(), axes.end(), [](const auto& axis) { return axis.dilation > 1; });
  const bool has_planes = axes[0] != WindowMotion{1, 1, 1, 1, 1, 0};
  if (sizes.groups > 1 && sizes.groups == sizes.channels && sizes.groups == sizes.filters) {
    if (has_planes) return false;
    if (result == ConvolutionFactor::y) return true;
    return !is_dilated && (result == ConvolutionFactor::x || axes[2].taps <= 3);
  }
  const auto channels = sizes.channels / sizes.groups;
  if (result == ConvolutionFactor::weights) return channels <= 128 && !(has_planes && is_dilated);
  if (channels > 64) return false;
  if (result == ConvolutionFactor::y || sizes.groups > 1 || sizes.filters <= 16) return true;
  // Channels fill vectors of sixteen: products of matrices, which take them together with taps, waste less.
  const auto lanes = (channels + 15) / 16 * 16;
  return 4 * channels >= 3 * lanes;
}

}  // namespace xgrad
