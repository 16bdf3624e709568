#pragma once

#include "sgemm.hpp"
#include <vector>

namespace xgrad::benchmark {

/// The matrix products of training a multilayer perceptron and nothing else: forward, gradients of the weights and of
/// the inputs of all layers but the first. No optimizer and no activation; what no training loop can undercut.
class BareGemm {
 public:
  BareGemm(std::vector<int> sizes, int batch_size, int threads, const SgemmLibrary& library);

  /// The products of one epoch. Rows go through a step in blocks of `block_rows`; the rows of a weight gradient are
  /// divided into `weight_tiles`.
  void run_epoch(int samples, int block_rows, int weight_tiles);

 private:
  void run_rows(int begin, int end);
  void run_weight_tile(std::size_t layer, int begin, int end, int count);

  std::vector<int> sizes_;
  int batch_size_;
  int threads_;
  const SgemmLibrary& library_;
  std::vector<std::vector<float>> values_, deltas_, weights_, gradients_;
};

}  // namespace xgrad::benchmark
