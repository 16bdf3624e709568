#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace xgrad::benchmark {

/// gelu, layer normalisation, dropout and the mean of squares, forward and backward in one pass over the rows, written
/// by hand: a row stays in cache from its first formula to its gradient, and every loop over it is vectorised.
class HandWrittenElementwise {
 public:
  HandWrittenElementwise(int rows, int columns, int threads);

  /// One step: the loss and the gradients of x, scale and offset, with a dropout mask of its own.
  double run(const float* x);

 private:
  struct Block {
    std::vector<float> activation, slope, normalized, gradient;  ///< of one row
    std::vector<float> scale_gradient, offset_gradient;
    double loss = 0;
  };

  void run_row(Block& block, const float* x, float* x_gradient, std::size_t row) const;

  int rows_;
  int columns_;
  int threads_;
  std::uint32_t step_ = 0;
  std::vector<float> scale_, offset_, x_gradient_, scale_gradient_, offset_gradient_;
  std::vector<Block> blocks_;
};

}  // namespace xgrad::benchmark
