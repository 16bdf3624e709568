#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <boost/test/unit_test.hpp>

#include "../../../check_error.hpp"
#include <functional>
#include <stdexcept>
#include <string>

using namespace xgrad;

namespace {

/// An operator of any name whose outputs have the type of its first input.
class Named final : public Op {
 public:
  explicit Named(std::string name, std::size_t outputs = 1) : name_(std::move(name)), outputs_(outputs) {}
  std::string_view name() const override { return name_; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return std::vector<TensorType>(outputs_, inputs[0]);
  }

 private:
  std::string name_;
  std::size_t outputs_;
};

Tensor make(const std::string& name, std::vector<Tensor> inputs) {
  return apply(std::make_shared<const Named>(name), std::move(inputs));
}

std::string names(const Graph& graph) {
  std::string result;
  for (const auto& node : graph.nodes) result += std::string(node->op().name()) + ' ';
  return result;
}

/// A rule for operators of one name.
RewriteRule on(std::string name, std::function<Tensor(std::span<const Tensor>)> replacement) {
  return [=](const NodeHandle& node, const Node&) -> std::optional<Tensor> {
    return node->op().name() == name ? std::optional(replacement(node->inputs())) : std::nullopt;
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rewriting)

BOOST_AUTO_TEST_CASE(a_rule_that_never_holds_leaves_every_node) {
  const Tensor x = input({3});
  const Tensor y = make("a", {make("b", {x})});
  const auto graph = rewrite(graph_below({y, x}), on("c", [](auto inputs) { return inputs[0]; }));
  BOOST_TEST((graph.outputs == std::vector{y, x}));
  BOOST_TEST((graph.nodes == nodes_below(graph.outputs)));
}

BOOST_AUTO_TEST_CASE(only_nodes_above_a_replacement_are_made_anew) {
  const Tensor x = input({3});
  const Tensor kept = make("a", {x});
  const Tensor y = make("c", {kept, make("b", {x})});
  const auto graph = rewrite(graph_below({y}), on("b", [](auto inputs) { return make("new", {inputs[0]}); }));
  BOOST_TEST(names(graph) == "input a new c ");
  const auto& inputs = graph.outputs[0].node().inputs();
  BOOST_TEST((inputs[0] == kept));
  BOOST_TEST(inputs[1].node().op().name() == "new");
  BOOST_TEST((graph.outputs[0].node().shared_op() == y.node().shared_op()));
}

BOOST_AUTO_TEST_CASE(a_node_replaced_by_its_input_stays_in_no_list) {
  const Tensor x = input({3});
  const auto graph = rewrite(graph_below({make("a", {make("b", {make("b", {x})})}), make("b", {x})}),
                             on("b", [](auto inputs) { return inputs[0]; }));
  BOOST_TEST(names(graph) == "input a ");
  BOOST_TEST((graph.outputs[1] == x));
}

BOOST_AUTO_TEST_CASE(rules_apply_to_what_rules_made) {
  const auto rule = [](const NodeHandle& node, const Node&) -> std::optional<Tensor> {
    const auto name = node->op().name();
    if (name == "a") return make("b", {make("b", {make("kept", {node->inputs()[0]})})});
    if (name == "b") return make("c", {node->inputs()[0]});
    return std::nullopt;
  };
  const auto graph = rewrite(graph_below({make("top", {make("a", {input({3})})})}), rule);
  BOOST_TEST(names(graph) == "input kept c c top ");
}

BOOST_AUTO_TEST_CASE(nodes_of_several_outputs_are_replaced_whole) {
  const Tensor x = input({3});
  const auto pair = apply_all(std::make_shared<const Named>("pair", 2), {x});
  const auto other = apply_all(std::make_shared<const Named>("other", 2), {x});
  const auto graph = rewrite(graph_below({make("a", {pair[1], pair[0]})}), on("pair", [&](auto) { return other[0]; }));
  const auto inputs = graph.outputs[0].node().inputs();
  BOOST_TEST((inputs[0] == other[1]));
  BOOST_TEST((inputs[1] == other[0]));
}

BOOST_AUTO_TEST_CASE(a_rule_must_keep_the_type) {
  const auto graph = graph_below({make("a", {input({3})})});
  test::check_error<std::logic_error>(
      [&] { rewrite(graph, on("a", [](auto) { return input({4}); })); },
      "compile: a of type float32 (3,) was replaced by input of type float32 (4,); a rule must keep dtype and shape");
  test::check_error<std::logic_error>(
      [&] { rewrite(graph, on("a", [](auto) { return input({3}, {}, DType::float64); })); },
      "a of type float32 (3,) was replaced by input of type float64 (3,)");
}

BOOST_AUTO_TEST_CASE(rules_that_go_round_in_circles_are_stopped) {
  const auto rule = [](const NodeHandle& node, const Node&) -> std::optional<Tensor> {
    const auto name = node->op().name();
    if (name == "a") return make("b", {node->inputs()[0]});
    if (name == "b") return make("a", {node->inputs()[0]});
    return std::nullopt;
  };
  test::check_error<std::logic_error>([&] { rewrite(graph_below({make("a", {input({3})})}), rule); },
                                      "replace each other without end");
}

BOOST_AUTO_TEST_SUITE_END()
