#include "batch_graph.hpp"

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace xgrad::test {
namespace {

bool leads_with_batch(const Shape& shape) { return shape.rank() > 0 && shape[0] == batch; }

/// The dependence of a node's outputs, given that of its inputs.
Dependence dependence_of(const Node& node, const std::vector<Dependence>& inputs) {
  if (dynamic_cast<const DimSize*>(&node.op())) return Dependence::batch;
  const auto& op = node.op();
  const auto most = inputs.empty() ? Dependence::none : *std::max_element(inputs.begin(), inputs.end());
  if (most == Dependence::batch) return most;
  if (most == Dependence::none) {
    const bool is_repeated = inputs.empty() || op.is_broadcast() || !leads_with_batch(node.outputs()[0].shape);
    return is_repeated ? Dependence::none : Dependence::place;
  }
  if (!leads_with_batch(node.outputs()[0].shape)) return Dependence::batch;
  std::vector<int> axes(inputs.size(), 0);
  if (dynamic_cast<const Elementwise*>(&op) || op.is_broadcast()) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (node.inputs()[i].rank() != node.outputs()[0].shape.rank()) axes[i] = Op::whole;
    }
  } else if (!op.is_reshape()) {
    std::vector<TensorType> types;
    for (const auto& input : node.inputs()) types.push_back(input.type());
    const auto asked = op.row_axes(types);
    if (!asked) return Dependence::batch;
    axes = *asked;
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool is_cut_alike = axes[i] == 0 && leads_with_batch(node.inputs()[i].shape());
    if (inputs[i] != Dependence::none && !is_cut_alike) return Dependence::batch;
  }
  return most;
}

/// The sample's leading size in every input that has it, or in the first alone.
std::optional<BatchGraph> build(const Sample& sample, DType dtype, const std::function<Tensor(const Tensor&)>& wrap,
                                bool in_all) {
  BatchGraph graph;
  graph.count = sample.inputs[0].shape()[0];
  std::vector<Tensor> xs;
  std::vector<Tensor> wrapped;
  const auto add = [&](Array array, bool has_batch) {
    Shape shape(array.shape());
    if (has_batch) shape[0] = batch;
    graph.inputs.push_back(input(std::move(shape), {}, array.dtype()));
    graph.has_batch.push_back(has_batch);
    graph.samples.push_back(std::move(array));
  };
  for (const auto& array : sample.inputs) {
    const bool is_x = is_floating(array.dtype());
    const bool fits = !array.shape().empty() && array.shape()[0] == graph.count;
    add(is_x ? array.cast(dtype) : array, fits && (in_all || graph.inputs.empty()));
    wrapped.push_back(wrap(graph.inputs.back()));
    if (is_x) xs.push_back(wrapped.back());
  }
  std::vector<Tensor> results;
  try {
    results.push_back(sample.build(wrapped));
  } catch (const Error&) {
    return {};  // this one needs to know the size
  }
  graph.outputs.push_back(wrap(results[0]));
  Shape shape = results[0].shape();
  const bool has_batch = leads_with_batch(shape);
  if (has_batch) shape[0] = graph.count;
  if (xs.empty() || !is_floating(results[0].dtype()) || !shape.is_known()) return graph;
  add(sample_values(shape.extents(), -1, 1, 5).cast(results[0].dtype()), has_batch);
  for (const auto& slope : vjp(results, std::vector{wrap(graph.inputs.back())}, xs))
    graph.outputs.push_back(wrap(slope));
  return graph;
}

}  // namespace

std::vector<Dependence> dependence_on(const std::vector<Tensor>& batched, const std::vector<Tensor>& outputs) {
  std::unordered_map<const Node*, Dependence> known;
  for (const auto& x : batched) known[&x.node()] = Dependence::rows;
  for (const auto& node : nodes_below(outputs)) {
    if (known.contains(node.get())) continue;
    std::vector<Dependence> inputs;
    for (const auto& input : node->inputs()) inputs.push_back(known.at(&input.node()));
    known[node.get()] = dependence_of(*node, inputs);
  }
  std::vector<Dependence> result;
  for (const auto& output : outputs) result.push_back(known.at(&output.node()));
  return result;
}

std::vector<Dependence> BatchGraph::dependence() const {
  std::vector<Tensor> batched;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (has_batch[i]) batched.push_back(inputs[i]);
  }
  return dependence_on(batched, outputs);
}

std::vector<Array> BatchGraph::arguments(std::int64_t first, std::int64_t size) const {
  std::vector<Array> result;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!has_batch[i]) {
      result.push_back(samples[i]);
      continue;
    }
    Extents shape = samples[i].shape();
    shape[0] = size;
    Array array(samples[i].dtype(), shape);
    const auto row_bytes = samples[i].bytes().size() / static_cast<std::size_t>(count);
    for (std::int64_t row = 0; row < size && row_bytes > 0; ++row) {
      const auto from = static_cast<std::size_t>((first + row) % count) * row_bytes;
      std::memcpy(array.bytes().data() + static_cast<std::size_t>(row) * row_bytes, samples[i].bytes().data() + from,
                  row_bytes);
    }
    result.push_back(std::move(array));
  }
  return result;
}

std::optional<BatchGraph> batch_graph_of(const Sample& sample, DType dtype,
                                         const std::function<Tensor(const Tensor&)>& wrap) {
  if (sample.inputs.empty() || sample.inputs[0].shape().empty() || sample.inputs[0].shape()[0] == 0) return {};
  if (auto graph = build(sample, dtype, wrap, true)) return graph;
  return build(sample, dtype, wrap, false);
}

}  // namespace xgrad::test
