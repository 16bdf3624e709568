#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>

#include <fmt/format.h>

#include <stdexcept>
#include <typeinfo>
#include <utility>

namespace xgrad {

std::optional<Tensor> Op::vjp(const Vjp&, std::size_t index) const {
  throw GradientError(
      fmt::format("{}: has no derivative with respect to input {}; wrap the input in stop_gradient if none is wanted",
                  name(), index));
}

std::vector<std::optional<Tensor>> Op::vjps(const Vjp& at, const std::vector<bool>& wanted) const {
  std::vector<std::optional<Tensor>> cotangents(wanted.size());
  for (std::size_t index = 0; index < wanted.size(); ++index) {
    if (wanted[index]) cotangents[index] = vjp(at, index);
  }
  return cotangents;
}

bool are_same(const Op& left, const Op& right) {
  if (&left == &right) return true;
  if (typeid(left) != typeid(right) || left.name() != right.name()) return false;
  const auto attributes = left.attributes();
  return attributes && attributes == right.attributes() && left.has_kernels_of(right);
}

std::optional<std::vector<int>> Op::row_axes(std::span<const TensorType>) const { return std::nullopt; }

void Op::forward(const KernelArguments&) const {
  throw std::logic_error(fmt::format("{}: the operator has neither a kernel nor a formula", name()));
}

std::optional<Tensor> Op::simplify(std::span<const Tensor>) const { return std::nullopt; }

std::optional<Tensor> Op::without_transposes(std::span<const Tensor>) const { return std::nullopt; }

std::optional<PackableInput> Op::packable_input(std::span<const Tensor>) const { return std::nullopt; }

Tensor Op::with_packed_input(std::span<const Tensor>, const Tensor&, const Tensor&) const {
  throw std::logic_error(fmt::format("{}: the operator has no input that can be packed", name()));
}

double Op::cost(std::span<const Extents>) const { return 1; }

double Op::operations(std::span<const Extents>) const { return 1; }

namespace {

NodeHandle infer_node(std::shared_ptr<const Op> op, std::vector<Tensor> inputs) {
  // One list for all nodes of a thread: shapes are assigned into those of the node before. An operator that makes nodes
  // while it infers types finds none and makes its own.
  thread_local std::vector<TensorType> kept;
  std::vector<TensorType> types = std::exchange(kept, {});
  if (types.size() < inputs.size()) types.resize(inputs.size());
  for (std::size_t index = 0; index < inputs.size(); ++index) types[index] = inputs[index].type();
  auto outputs = op->infer(std::span(types).first(inputs.size()));
  kept = std::move(types);
  return Node::make(std::move(op), std::move(inputs), std::move(outputs));
}

}  // namespace

std::vector<Tensor> apply_all(std::shared_ptr<const Op> op, std::vector<Tensor> inputs) {
  const auto node = infer_node(std::move(op), std::move(inputs));
  std::vector<Tensor> tensors;
  tensors.reserve(node->outputs().size());
  for (std::size_t output = 0; output < node->outputs().size(); ++output) tensors.emplace_back(node, output);
  return tensors;
}

Tensor apply(std::shared_ptr<const Op> op, std::vector<Tensor> inputs) {
  auto node = infer_node(std::move(op), std::move(inputs));
  const auto outputs = node->outputs().size();
  if (outputs != 1) {
    throw std::logic_error(fmt::format("{}: the operator has {} outputs; use apply_all", node->op().name(), outputs));
  }
  return {std::move(node), 0};
}

}  // namespace xgrad
