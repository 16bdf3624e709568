#pragma once

#include <xgrad/framework/core/windows.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace xgrad {

/// The factors of a convolution's terms: the sum over samples, positions, taps and channels of x * weights * y.
enum class ConvolutionFactor : std::size_t { x, weights, y };

/// The sizes of x (samples, sizes..., channels), weights (taps..., channels / groups, filters) and y (samples,
/// counts..., filters), all contiguous.
struct ConvolutionSizes {
  std::int64_t samples;
  std::int64_t channels;
  std::int64_t filters;
  std::int64_t groups;
  std::array<WindowMotion, 3> axes;  ///< those of one element, one window and one tap first

  friend auto operator<=>(const ConvolutionSizes&, const ConvolutionSizes&) = default;
};

/// A library of convolutions, float32 only.
struct ConvolutionBackend {
  std::string_view name;
  /// True on machines on which it was measured; `suits_convolution_backend` holds there.
  bool (*suits_machine)();
  /// The derivative of the sum of all terms with respect to `result`, given the other two factors in their order. One
  /// thread; calls from several threads are fine. The first call of a thread with new sizes prepares for them. There
  /// are samples.
  void (*convolve)(ConvolutionFactor result, const ConvolutionSizes& sizes, const float* left, const float* right,
                   float* output);
};

extern const ConvolutionBackend onednn_convolution_backend;  ///< only in builds that found oneDNN

/// The library in this build that suits this machine, or none.
const ConvolutionBackend* convolution_backend();

/// True where a library was measured to be faster than products of matrices: a function of sizes alone, whatever the
/// number of samples.
bool suits_convolution_backend(ConvolutionFactor result, const ConvolutionSizes& sizes);

}  // namespace xgrad
