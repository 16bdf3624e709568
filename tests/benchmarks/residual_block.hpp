#pragma once

#include <xgrad/framework/core/array.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace xgrad::benchmark {

/// What a residual block sees, and its weights at the start.
struct ResidualBlockData {
  Array x;  ///< (samples, height, width, channels)
  /// Kernel (rows, columns, channels, filters), scale and offset of two normalized convolutions.
  std::vector<Array> weights;
  double learning_rate = 1;

  std::int64_t channels() const { return x.shape().back(); }

  /// The mean square of the slopes of a mean of squares at the first pixel, as if of a sum: added to the loss, it shows
  /// what went back through the block.
  double mean_square(std::span<const float> slopes_at_pixel) const {
    double sum = 0;
    for (const double slope : slopes_at_pixel) sum += slope * slope;
    const auto size = static_cast<double>(x.size());
    return sum * size * size / static_cast<double>(slopes_at_pixel.size());
  }
};

}  // namespace xgrad::benchmark
