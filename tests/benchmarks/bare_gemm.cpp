#include "bare_gemm.hpp"

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

#include <algorithm>
#include <cstddef>

namespace xgrad::benchmark {

BareGemm::BareGemm(std::vector<int> sizes, int batch_size, int threads, const SgemmLibrary& library)
    : sizes_(std::move(sizes)), batch_size_(batch_size), threads_(threads), library_(library) {
  for (int size : sizes_) {
    const auto cells = static_cast<std::size_t>(batch_size) * static_cast<std::size_t>(size);
    values_.emplace_back(cells, 0.1f);
    deltas_.emplace_back(cells, 0.1f);
  }
  for (std::size_t layer = 0; layer + 1 < sizes_.size(); ++layer) {
    const auto elements = static_cast<std::size_t>(sizes_[layer]) * static_cast<std::size_t>(sizes_[layer + 1]);
    weights_.emplace_back(elements, 0.01f);
    gradients_.emplace_back(elements);
  }
}

void BareGemm::run_epoch(int samples, int block_rows, int weight_tiles) {
  const auto for_each = [&](int tasks, const auto& work) {
    if (threads_ == 1 || tasks == 1) {
      for (int task = 0; task < tasks; ++task) work(task);
    } else {
      tbb::parallel_for(0, tasks, 1, work, tbb::simple_partitioner{});
    }
  };
  for (int first = 0; first < samples; first += batch_size_) {
    const int count = std::min(batch_size_, samples - first);
    for_each((count + block_rows - 1) / block_rows,
             [&](int block) { run_rows(block * block_rows, std::min((block + 1) * block_rows, count)); });
    const int tasks = static_cast<int>(weights_.size()) * weight_tiles;
    for_each(tasks, [&](int task) {
      const auto layer = static_cast<std::size_t>(task / weight_tiles);
      const int tile = task % weight_tiles;
      run_weight_tile(layer, sizes_[layer] * tile / weight_tiles, sizes_[layer] * (tile + 1) / weight_tiles, count);
    });
  }
}

void BareGemm::run_rows(int begin, int end) {
  const auto row = static_cast<std::size_t>(begin);
  for (std::size_t layer = 0; layer < weights_.size(); ++layer) {
    const int inputs = sizes_[layer];
    const int outputs = sizes_[layer + 1];
    library_.sgemm(false, false, end - begin, outputs, inputs, &values_[layer][row * static_cast<std::size_t>(inputs)],
                   inputs, weights_[layer].data(), outputs,
                   &values_[layer + 1][row * static_cast<std::size_t>(outputs)], outputs);
  }
  for (std::size_t layer = weights_.size() - 1; layer > 0; --layer) {
    const int inputs = sizes_[layer];
    const int outputs = sizes_[layer + 1];
    library_.sgemm(false, true, end - begin, inputs, outputs,
                   &deltas_[layer + 1][row * static_cast<std::size_t>(outputs)], outputs, weights_[layer].data(),
                   outputs, &deltas_[layer][row * static_cast<std::size_t>(inputs)], inputs);
  }
}

void BareGemm::run_weight_tile(std::size_t layer, int begin, int end, int count) {
  const int inputs = sizes_[layer];
  const int outputs = sizes_[layer + 1];
  library_.sgemm(true, false, end - begin, outputs, count, values_[layer].data() + begin, inputs,
                 deltas_[layer + 1].data(), outputs,
                 &gradients_[layer][static_cast<std::size_t>(begin) * static_cast<std::size_t>(outputs)], outputs);
}

}  // namespace xgrad::benchmark
