#pragma once

#include "convnet.hpp"
#include "residual_block.hpp"
#include "text_data.hpp"
#include "training_workload.hpp"
#include "transformer.hpp"
#include <memory>
#include <vector>

namespace xgrad::benchmark {

// The models of the workloads in libtorch, in the variants that may be its fastest; none where the program was built
// without libtorch.
#ifdef XGRAD_BENCHMARK_TORCH

std::vector<MakeTrainer> torch_convnet(std::shared_ptr<const ConvnetData> data, double dropped);
std::vector<MakeTrainer> torch_lstm(std::shared_ptr<const TextData> data, std::int64_t units);
std::vector<MakeTrainer> torch_transformer(std::shared_ptr<const TextData> data, const TransformerSizes& sizes);
std::vector<MakeTrainer> torch_residual_block(std::shared_ptr<const ResidualBlockData> data);

#else

inline std::vector<MakeTrainer> torch_convnet(std::shared_ptr<const ConvnetData>, double) { return {}; }
inline std::vector<MakeTrainer> torch_lstm(std::shared_ptr<const TextData>, std::int64_t) { return {}; }
inline std::vector<MakeTrainer> torch_transformer(std::shared_ptr<const TextData>, const TransformerSizes&) {
  return {};
}
inline std::vector<MakeTrainer> torch_residual_block(std::shared_ptr<const ResidualBlockData>) { return {}; }

#endif

}  // namespace xgrad::benchmark
