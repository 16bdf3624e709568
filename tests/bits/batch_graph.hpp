#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace xgrad::test {

/// How a tensor depends on the samples of a batch.
enum class Dependence {
  none,   ///< on none of them
  rows,   ///< row i on sample i alone: its bytes must be the same in every batch
  place,  ///< row i on sample i and, as random numbers do, on i: its bytes must be the same in every batch size
  batch,  ///< on several at once, or on their number
};

/// For each of `outputs` how it depends on the samples of `batched`, whose leading size is the symbol `batch`: by what
/// operators themselves say of their rows.
std::vector<Dependence> dependence_on(const std::vector<Tensor>& batched, const std::vector<Tensor>& outputs);

/// An operator's sample, and the gradients of its floating-point inputs, with a symbol for the leading size.
struct BatchGraph {
  std::vector<Tensor> inputs;
  std::vector<Tensor> outputs;  ///< the value, then the gradients
  std::vector<bool> has_batch;  ///< of each input
  std::vector<Array> samples;   ///< for each input: as many rows as `count`, or the whole of one without a batch
  std::int64_t count = 0;       ///< of different samples

  std::vector<Dependence> dependence() const;

  /// The inputs for a batch of `size` samples that begins with sample `first` and repeats after the last.
  std::vector<Array> arguments(std::int64_t first, std::int64_t size) const;
};

/// The graph of a sample whose floating-point inputs are cast to `dtype`; nothing when it has no rows or a symbol does
/// not fit. Every input passes through `wrap` first, as does every output at the end.
std::optional<BatchGraph> batch_graph_of(
    const Sample& sample, DType dtype,
    const std::function<Tensor(const Tensor&)>& wrap = [](const Tensor& x) { return x; });

}  // namespace xgrad::test
