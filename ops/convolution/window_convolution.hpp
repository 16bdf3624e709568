#pragma once

#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/backends/window_product.hpp>
#include <xgrad/framework/core/windows.hpp>

#include <cstdint>

namespace xgrad {

/// A convolution, or its derivative for x, as the product of windows over x, or y, with the weights: terms of an
/// element come in the order of taps and then channels. Both read their image where it is; see
/// `convolution_derivative`.
class WindowConvolution {
 public:
  /// False where patches of a few columns, or windows that leave elements out, are better gathered or scattered. A
  /// function of sizes alone, since the derivative for x sums in another order then.
  static bool suits(ConvolutionFactor result, const ConvolutionSizes& sizes);

  WindowConvolution(ConvolutionFactor result, const ConvolutionSizes& sizes);

  /// Rows and columns of the packed weights: a row for each panel of each group.
  template <class T>
  std::int64_t panels() const;
  template <class T>
  std::int64_t panel_elements() const;

  /// Packs panels [first, last) of the weights (taps * channels / groups, filters).
  template <class T>
  void pack(const T* weights, std::int64_t first, std::int64_t last, T* packed) const;

  /// `image` is x or y, whichever is given, of as many samples.
  template <class T>
  void run(const T* image, std::int64_t samples, const T* packed, T* result) const;

 private:
  bool is_gradient() const { return result_ == ConvolutionFactor::x; }

  ConvolutionFactor result_;
  std::int64_t groups_;
  std::int64_t filters_;
  std::int64_t taps_;
  std::int64_t result_channels_;  ///< of a group
  ordered_gemm::WindowProduct product_;
};

}  // namespace xgrad
