#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/common_subexpressions.hpp>
#include <xgrad/framework/runtime/passes/dead_code.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <vector>

using namespace xgrad;

namespace {

/// True when the two become one node.
bool merged(const Tensor& left, const Tensor& right) {
  const auto graph = share_common_subexpressions(graph_below({left, right}));
  return graph.outputs[0] == graph.outputs[1];
}

/// An operator of two outputs.
class Pair final : public Op {
 public:
  explicit Pair(std::optional<Attributes> attributes) : attributes_(std::move(attributes)) {}

  std::string_view name() const override { return "pair"; }
  std::optional<Attributes> attributes() const override { return attributes_; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0], inputs[0]}; }

 private:
  std::optional<Attributes> attributes_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(common_subexpressions)

BOOST_AUTO_TEST_CASE(equal_trees_become_one) {
  const Tensor x = input({2, 3});
  const auto tree = [&] { return softmax(exp(x * 2.5) + transpose(reshape(x, {3, 2}))); };
  BOOST_TEST(merged(tree(), tree()));
  const auto graph = drop_dead_code(share_common_subexpressions(graph_below({tree(), tree(), tree()})));
  BOOST_TEST(graph.nodes.size() == nodes_below(std::vector{tree()}).size());
}

// All read one tensor, and lie close together for a table that goes by what was read last.
BOOST_AUTO_TEST_CASE(many_readers_of_one_tensor) {
  const Tensor x = input({200});
  std::vector<Tensor> tensors;
  for (int copy = 0; copy < 2; ++copy) {
    for (std::int64_t start = 0; start < 100; ++start) tensors.push_back(slice(x, {start, start + 100}, 0));
  }
  const auto graph = share_common_subexpressions(graph_below(tensors));
  for (std::size_t i = 0; i < 100; ++i) {
    BOOST_TEST((graph.outputs[i] == tensors[i]));
    BOOST_TEST((graph.outputs[100 + i] == tensors[i]));
  }
}

// Of one class, of one name and without options: nothing but their kernels tells them apart.
BOOST_AUTO_TEST_CASE(formulas_of_one_name_stay_apart) {
  const auto twice = elementwise<1, FloatingTypes>("scale", [](const auto& x) { return x * number(x, 2); });
  const auto thrice = elementwise<1, FloatingTypes>("scale", [](const auto& x) { return x * number(x, 3); });
  const Tensor x = input({2});
  BOOST_TEST(merged(apply(twice, {x}), apply(twice, {x})));
  BOOST_TEST(!merged(apply(twice, {x}), apply(thrice, {x})));
  auto function = compile({x}, {apply(twice, {x}), apply(thrice, {x})});
  const auto results = function(xt::xtensor<float, 1>{1, 10});
  BOOST_TEST(results[0].data<float>()[1] == 20);
  BOOST_TEST(results[1].data<float>()[1] == 30);
}

// Nobody said what tells it from others of its class.
BOOST_AUTO_TEST_CASE(an_operator_without_attributes_is_equal_only_to_itself) {
  const auto pair = std::make_shared<const Pair>(std::nullopt);
  const auto another = std::make_shared<const Pair>(std::nullopt);
  const Tensor x = input({2});
  BOOST_TEST(merged(apply_all(pair, {x})[0], apply_all(pair, {x})[0]));
  BOOST_TEST(!merged(apply_all(pair, {x})[0], apply_all(another, {x})[0]));
}

BOOST_AUTO_TEST_CASE(operators_that_differ_in_anything_stay_apart) {
  const Tensor x = input({3, 3});
  const Tensor y = input({3, 3});
  BOOST_TEST(!merged(exp(x), exp(y)));
  BOOST_TEST(!merged(exp(x), log(x)));
  BOOST_TEST(!merged(x - y, y - x));
  BOOST_TEST(!merged(cast(x, DType::int32), cast(x, DType::int64)));
  BOOST_TEST(!merged(dot(x, y), dot(transpose(x), y)));
  BOOST_TEST(!merged(broadcast_to(x, {2, 3, 3}), broadcast_to(x, {4, 3, 3})));
  BOOST_TEST(!merged(argmax(x, 0), argmax(x, 1)));
  const Tensor counter = cast(sum(x), DType::int64);
  BOOST_TEST(merged(random_uniform(counter, {4}, 1), random_uniform(counter, {4}, 1)));
  BOOST_TEST(!merged(random_uniform(counter, {4}, 1), random_uniform(counter, {4}, 2)));
}

BOOST_AUTO_TEST_CASE(leaves_are_equal_when_what_they_hold_cannot_change) {
  const Array value = xt::xarray<float>{1, 2};
  BOOST_TEST(!merged(input({2}), input({2})));
  BOOST_TEST(!merged(parameter(value), parameter(value)));
  BOOST_TEST(merged(scalar(0.5), scalar(0.5)));
  BOOST_TEST(!merged(scalar(0.5), scalar(0.25)));
  BOOST_TEST(!merged(scalar(1), scalar(1, DType::float64)));
  BOOST_TEST(!merged(scalar(0), scalar(-0.0)));
  BOOST_TEST(
      merged(scalar(std::numeric_limits<double>::quiet_NaN()), scalar(std::numeric_limits<double>::quiet_NaN())));
  BOOST_TEST(merged(dim_size(batch), dim_size(batch)));
  BOOST_TEST(!merged(dim_size(batch), dim_size(batch * 2)));
}

BOOST_AUTO_TEST_CASE(outputs_of_a_merged_node_stay_in_their_places) {
  const Tensor x = input({2});
  const auto first = apply_all(std::make_shared<const Pair>(Attributes{}), {x});
  const auto second = apply_all(std::make_shared<const Pair>(Attributes{}), {x});
  BOOST_TEST(merged(first[0] - first[1], second[0] - second[1]));
  BOOST_TEST(!merged(first[0] - first[1], second[1] - second[0]));
}

BOOST_AUTO_TEST_SUITE_END()
