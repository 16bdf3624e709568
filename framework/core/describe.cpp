#include <xgrad/framework/core/describe.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>

#include <fmt/format.h>

#include <string_view>

namespace xgrad {

std::string describe(const Tensor& tensor) {
  const Node* node = &tensor.node();
  if (!node->name().empty()) return fmt::format("{} '{}'", node->op().name(), node->name());
  const auto is_movement = [](const Node& node) { return node.op().is_reshape() || node.op().is_broadcast(); };
  while (is_movement(*node) && !dynamic_cast<const Leaf*>(&node->inputs()[0].node().op())) {
    node = &node->inputs()[0].node();
  }
  const std::string_view name = node->op().name();
  if (dynamic_cast<const Leaf*>(&node->op())) return fmt::format("{} {}", name == "input" ? "an" : "a", name);
  return fmt::format("the result of {}", name == "sum_to" ? "sum" : name);
}

}  // namespace xgrad
