#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/describe.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <utility>

namespace xgrad {
namespace {

std::uint64_t next_id() {
  static std::atomic<std::uint64_t> counter{0};
  return counter.fetch_add(1, std::memory_order_relaxed);
}

/// Kernels keep an index for each axis on the stack and count bytes in 64 bits, with room for sums of such counts.
void check_limits(const Op& op, const TensorType& type) {
  if (type.shape.rank() > max_rank) {
    throw ShapeError(fmt::format("{}: expected at most {} axes, but got {}: {}; merge axes with reshape", op.name(),
                                 max_rank, type.shape.rank(), type.shape.to_string()));
  }
  expect_tensor_fits(op.name(), type);
}

Tensor make_leaf(std::shared_ptr<const Leaf> leaf, std::string name) {
  auto types = leaf->infer({});
  return {Node::make(std::move(leaf), {}, std::move(types), std::move(name)), 0};
}

using NodeOfId = std::pair<std::uint64_t, const NodeHandle*>;

/// Nodes of one graph were mostly made one after the other: each is put where its id belongs, unless ids lie far apart.
void sort_by_id(std::vector<NodeOfId>& nodes) {
  if (nodes.empty()) return;
  const auto [first, last] = std::minmax_element(nodes.begin(), nodes.end());
  const auto lowest = first->first;
  const auto ids = last->first - lowest + 1;
  if (ids > 8 * nodes.size()) return std::sort(nodes.begin(), nodes.end());
  std::vector<const NodeHandle*> places(ids);
  for (const auto& [id, node] : nodes) places[id - lowest] = node;
  auto next = nodes.begin();
  for (std::uint64_t place = 0; place < ids; ++place) {
    if (places[place]) *next++ = {lowest + place, places[place]};
  }
}

/// The nodes below `tensors` whose ids are at least `lowest`, without what is only below those of `stops`, which they
/// include.
std::vector<NodeHandle> find_nodes(std::span<const Tensor> tensors, std::uint64_t lowest, const NodeIndex& stops) {
  // Handles that the graph itself holds: counting references is dear, so only the result does it.
  std::vector<NodeOfId> found;
  NodeIndex seen;
  const auto visit = [&](const Tensor& tensor) {
    const auto& node = tensor.node();
    if (node.id() >= lowest && seen.insert(node).second) found.emplace_back(node.id(), &tensor.shared_node());
  };
  std::for_each(tensors.begin(), tensors.end(), visit);
  for (std::size_t next = 0; next < found.size(); ++next) {
    constexpr std::size_t ahead = 8;
    if (next + ahead < found.size()) {
      for (const auto& input : (*found[next + ahead].second)->inputs()) __builtin_prefetch(&input.node());
    }
    const auto& node = **found[next].second;
    if (stops.size() > 0 && stops.find(node)) continue;
    const auto inputs = node.inputs();
    std::for_each(inputs.begin(), inputs.end(), visit);
  }
  sort_by_id(found);
  std::vector<NodeHandle> result;
  result.reserve(found.size());
  for (const auto& entry : found) result.push_back(*entry.second);
  return result;
}

const Parameter& expect_parameter(const Tensor& tensor, std::string_view call) {
  if (auto* parameter = dynamic_cast<const Parameter*>(&tensor.node().op())) return *parameter;
  throw StateError(fmt::format("Tensor::{}: expected a parameter, but this is {}; use eval(tensor) to compute it", call,
                               describe(tensor)));
}

}  // namespace

Node::Node(std::shared_ptr<const Op> op, std::vector<Tensor> inputs, std::vector<TensorType> outputs, std::string name)
    : op_(std::move(op)),
      inputs_(std::move_iterator(inputs.begin()), std::move_iterator(inputs.end())),
      outputs_(std::move_iterator(outputs.begin()), std::move_iterator(outputs.end())),
      name_(name.empty() ? nullptr : std::make_unique<const std::string>(std::move(name))),
      id_(next_id()) {
  for (const auto& type : outputs_) check_limits(*op_, type);
}

NodeHandle Node::make(std::shared_ptr<const Op> op, std::vector<Tensor> inputs, std::vector<TensorType> outputs,
                      std::string name) {
  return NodeHandle(new Node(std::move(op), std::move(inputs), std::move(outputs), std::move(name)));
}

// In a list that is linked through them, which takes no memory.
void NodeHandle::destroy(const Node* node) noexcept {
  thread_local const Node* dead = nullptr;
  thread_local bool is_destroying = false;
  const_cast<Node*>(node)->next_dead_ = std::exchange(dead, node);
  if (is_destroying) return;
  is_destroying = true;
  while (dead) delete std::exchange(dead, dead->next_dead_);
  is_destroying = false;
}

const std::string& Node::name() const {
  static const std::string& none = *new std::string;  // never destroyed: threads may read it while the program ends
  return name_ ? *name_ : none;
}

const TensorType& Tensor::type() const& { return node().outputs()[output_]; }
const std::string& Tensor::name() const& { return node().name(); }

void Tensor::throw_empty() {
  throw StateError(
      "Tensor: expected a handle on a tensor, but this one was made without arguments or moved from; assign it a "
      "tensor before it is used, for example x = input({batch, 3})");
}

const Array& Tensor::value() const& { return expect_parameter(*this, "value").value(); }

void Tensor::assign(const ArrayRef& value) const {
  const auto& parameter = expect_parameter(*this, "assign");
  Array& state = parameter.value();
  if (value.dtype() != state.dtype()) {
    throw DTypeError(
        fmt::format("Tensor::assign: parameter '{}' expected {}, but got {}; convert the value, for "
                    "example Array(x).cast({})",
                    name(), to_string(state.dtype()), to_string(value.dtype()), enumerator(state.dtype())));
  }
  if (value.shape() != state.shape()) {
    throw ShapeError(fmt::format("Tensor::assign: parameter '{}' expected shape {}, but got {}", name(),
                                 to_string(state.shape()), to_string(value.shape())));
  }
  if (!state.bytes().empty()) std::memmove(state.bytes().data(), value.data(), state.bytes().size());
  parameter.note_change();
}

Tensor input(Shape shape, std::string name, DType dtype) {
  return make_leaf(std::make_shared<Input>(TensorType{dtype, std::move(shape)}), std::move(name));
}

Tensor parameter(Array value, std::string name) {
  return make_leaf(std::make_shared<Parameter>(std::move(value)), std::move(name));
}

Tensor constant(Array value, std::string name) {
  return make_leaf(std::make_shared<Constant>(std::move(value)), std::move(name));
}

Tensor scalar(Number value, DType dtype) {
  return constant(visit(dtype, [&]<class T>() { return Array(value.as<T>()); }));
}

Tensor dim_size(Dim dim, DType dtype) {
  if (dim.is_known()) return scalar(static_cast<double>(dim.value()), dtype);
  return make_leaf(std::make_shared<DimSize>(dim, dtype), {});
}

std::vector<NodeHandle> nodes_below(std::span<const Tensor> tensors) { return find_nodes(tensors, 0, NodeIndex()); }

std::vector<NodeHandle> nodes_above(std::span<const Tensor> sources, std::span<const Tensor> tensors) {
  std::uint64_t lowest = std::numeric_limits<std::uint64_t>::max();
  NodeIndex stops;
  for (const auto& source : sources) {
    lowest = std::min(lowest, source.node().id());
    stops.insert(source.node());
  }
  return find_nodes(tensors, lowest, stops);
}

}  // namespace xgrad
