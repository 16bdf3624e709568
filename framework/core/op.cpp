#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>

#include <fmt/format.h>

#include <stdexcept>

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

std::vector<Tensor> apply_all(std::shared_ptr<const Op> op, std::vector<Tensor> inputs) {
  std::vector<TensorType> types;
  types.reserve(inputs.size());
  for (const auto& input : inputs) types.push_back(input.type());
  auto outputs = op->infer(types);
  const auto count = outputs.size();
  auto node = std::make_shared<const Node>(std::move(op), std::move(inputs), std::move(outputs), std::string());
  std::vector<Tensor> tensors;
  tensors.reserve(count);
  for (std::size_t output = 0; output < count; ++output) tensors.emplace_back(node, output);
  return tensors;
}

Tensor apply(std::shared_ptr<const Op> op, std::vector<Tensor> inputs) {
  auto outputs = apply_all(op, std::move(inputs));
  if (outputs.size() != 1) {
    throw std::logic_error(fmt::format("{}: the operator has {} outputs; use apply_all", op->name(), outputs.size()));
  }
  return std::move(outputs.front());
}

}  // namespace xgrad
