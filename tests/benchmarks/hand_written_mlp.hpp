#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace xgrad::benchmark {

/// The loop to beat: a multilayer perceptron with relu, softmax, cross-entropy and RMSprop, written by hand on BLAS
/// calls, fused loops and TBB. No graph and no framework; the batch is split into one shard for each thread.
class HandWrittenMlp {
 public:
  /// `sizes` from the features to the classes: {784, 32, 10}.
  HandWrittenMlp(std::vector<int> sizes, int batch_size, int threads);

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
    std::vector<float> weight, bias, weight_state, bias_state;
  };
  struct Shard {
    std::vector<float> rows;
    std::vector<std::vector<float>> activations, deltas, weight_gradients, bias_gradients;
    double loss = 0;
    int hits = 0;
  };

  void run_shard(Shard& shard, std::span<const float> images, std::span<const std::uint8_t> labels,
                 std::span<const std::uint32_t> samples, int batch_count);
  void classify(Shard& shard, std::span<const std::uint8_t> labels, std::span<const std::uint32_t> samples,
                int batch_count);
  void backward(Shard& shard, int count);
  void update(std::vector<float>& values, std::vector<float>& state, std::vector<std::vector<float>> Shard::*gradients,
              std::size_t layer);

  std::vector<Layer> layers_;
  std::vector<Shard> shards_;
  int batch_size_;
  int threads_;
  std::mt19937 random_{1};
};

}  // namespace xgrad::benchmark
