#pragma once

#include <cstdint>

namespace xgrad::benchmark {

/// nanoGPT's recipe for processors without an accelerator.
struct TransformerSizes {
  std::int64_t layers = 4;
  std::int64_t heads = 4;
  std::int64_t width = 128;
  double learning_rate = 1e-3;
  double beta_2 = 0.99;
  double weight_decay = 0.1;  ///< of matrices
};

}  // namespace xgrad::benchmark
