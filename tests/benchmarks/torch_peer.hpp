#pragma once

#include "suite.hpp"
#include "trainer.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace xgrad::benchmark {

// Each function adds libtorch to the systems that are compared, at its best setting of threads, or nothing where the
// program was built without libtorch.
#ifdef XGRAD_BENCHMARK_TORCH

/// Epochs of a multilayer perceptron with relu, cross-entropy and RMSprop, batches gathered in a new random order.
void add_torch_mlp(std::vector<System>& systems, std::vector<int> sizes, int batch_size, int threads,
                   std::span<const float> images, std::span<const std::uint8_t> labels);

/// gelu, layer_norm and dropout of a (rows, columns) tensor, the mean of the squares and its gradients.
void add_torch_elementwise(std::vector<System>& systems, int rows, int columns, int repeats, int threads);

/// `steps` steps of the fastest of the variants of a model, if there is one.
void add_torch_training(std::vector<System>& systems, const std::vector<std::shared_ptr<Trainer>>& variants, int steps,
                        int threads);

#else

inline void add_torch_mlp(std::vector<System>&, std::vector<int>, int, int, std::span<const float>,
                          std::span<const std::uint8_t>) {}
inline void add_torch_elementwise(std::vector<System>&, int, int, int, int) {}
inline void add_torch_training(std::vector<System>&, const std::vector<std::shared_ptr<Trainer>>&, int, int) {}

#endif

}  // namespace xgrad::benchmark
