#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/leaf.hpp>

namespace xgrad {

std::optional<double> constant_number(const Tensor& tensor) {
  const Node* node = &tensor.node();
  while (node->op().is_broadcast() || node->op().is_reshape()) node = &node->inputs()[0].node();
  if (!node->inputs().empty()) return std::nullopt;  // sooner than the cast
  const auto* constant = dynamic_cast<const Constant*>(&node->op());
  if (!constant || constant->value().size() != 1) return std::nullopt;
  return constant->value().item();
}

bool is_constant_zero(const Tensor& tensor) { return constant_number(tensor) == 0; }

}  // namespace xgrad
