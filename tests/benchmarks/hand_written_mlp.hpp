#pragma once

#include "sgemm.hpp"
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace xgrad::benchmark {

/// The loop to beat: a multilayer perceptron with relu, softmax, cross-entropy and RMSprop, written by hand on BLAS
/// calls, fused loops and TBB. No graph and no framework. A step is two parallel loops: blocks of rows go forward and
/// backward, then tiles of the weights get their gradient and their update.
class HandWrittenMlp {
 public:
  /// `sizes` from the features to the classes: {784, 32, 10}. Up to `threads` of TBB's threads are used.
  HandWrittenMlp(std::vector<int> sizes, int batch_size, int threads, const SgemmLibrary& library);

  struct Result {
    double loss;
    double accuracy;
  };

  /// One epoch over `images` (rows of sizes.front() floats) in a new random order.
  Result train_epoch(std::span<const float> images, std::span<const std::uint8_t> labels);

 private:
  struct Layer {
    int inputs;
    int outputs;
    std::vector<float> weight, bias, weight_gradient, bias_gradient, weight_state, bias_state;
    std::vector<float> activation, delta;  ///< of a whole batch
  };
  struct Tile {
    int layer;
    int first_row;
    int rows;
  };
  struct Batch {
    std::span<const float> images;
    std::span<const std::uint8_t> labels;
    std::span<const std::uint32_t> samples;
  };

  void plan_tiles();
  void run_rows(const Batch& batch, int begin, int end);
  void classify(const Batch& batch, int begin, int end);
  void update_tile(const Tile& tile, int batch_count);

  std::vector<Layer> layers_;
  std::vector<Tile> tiles_;
  std::vector<float> rows_;    ///< the images of a batch
  std::vector<float> losses_;  ///< one for each row of a batch
  std::vector<std::uint8_t> hits_;
  int batch_size_;
  int block_rows_;
  int threads_;
  const SgemmLibrary& library_;
  std::mt19937 random_{1};
};

}  // namespace xgrad::benchmark
