#pragma once

#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/backends/window_gradient.hpp>
#include <xgrad/framework/core/op.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace xgrad {

/// True when each channel has one filter, and all of them one: numbers are multiplied where they are.
bool is_depthwise(const ConvolutionSizes& sizes);

/// Such a convolution, or the derivative of its terms' sum with respect to `result`; see `convolution_derivative`. A
/// sum is that of an ordered product: chains of fused multiply-adds over taps, or windows, which are added with twice
/// the precision.
class DepthwiseConvolution {
 public:
  DepthwiseConvolution(ConvolutionFactor result, const ConvolutionSizes& sizes);

  /// For float and double. Allocates nothing after a thread's first call.
  template <class T>
  void run(const KernelArguments& at) const;

 private:
  /// A tap over an element: the other index is that of the window where the first is the element's, or the other way
  /// round.
  struct Meeting {
    std::int64_t tap;
    std::int64_t other;
  };

  /// What each window, or each element, of an axis meets.
  struct Axis {
    std::vector<Meeting> meetings;
    std::vector<std::size_t> ends;  ///< of those of each index
    std::int64_t others;
    std::int64_t taps;

    std::int64_t size() const { return static_cast<std::int64_t>(ends.size()); }
    std::span<const Meeting> at(std::int64_t index) const {
      const auto i = static_cast<std::size_t>(index);
      const auto begin = i == 0 ? 0 : ends[i - 1];
      return std::span(meetings).subspan(begin, ends[i] - begin);
    }
  };

  static Axis meetings_of(const WindowMotion& motion, bool by_element);
  template <class T>
  void image(const KernelArguments& at) const;
  template <class T>
  void weights(const KernelArguments& at) const;

  ConvolutionFactor result_;
  std::int64_t channels_;
  std::array<Axis, 3> axes_;
  ordered_gemm::WindowGradient gradient_;
};

}  // namespace xgrad
