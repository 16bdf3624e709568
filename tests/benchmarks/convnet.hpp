#pragma once

#include <xgrad/framework/core/array.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace xgrad::benchmark {

/// What a convolutional network learns from, and its weights at the start.
struct ConvnetData {
  Array images;  ///< (samples, 28, 28, 1)
  Array labels;  ///< (samples,), uint8
  Array order;   ///< of the samples in an epoch, int64
  std::int64_t batch_size = 128;
  /// Kernel (rows, columns, channels, filters) and bias of two convolutions, kernel (inputs, units) and bias of a dense
  /// layer.
  std::vector<Array> weights;

  /// The indices of the samples in a batch, which start again when all have been seen.
  ArrayRef batch(std::int64_t index) const {
    const auto samples = order.shape()[0];
    const auto first = index % ((samples + batch_size - 1) / batch_size) * batch_size;
    return ArrayRef(order).rows(first, std::min(batch_size, samples - first));
  }
};

}  // namespace xgrad::benchmark
