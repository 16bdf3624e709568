#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/runtime/passes/constants.hpp>
#include <xgrad/framework/runtime/plan.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

using namespace xgrad;

namespace {

std::vector<Array> evaluate(std::span<const Tensor> tensors) {
  return compile({}, {tensors.begin(), tensors.end()}, {}, {.passes = {.constants = false}})();
}

Tensor fold(const Tensor& tensor) { return fold_constants(graph_below({tensor}), evaluate).outputs[0]; }

bool is_constant(const Tensor& tensor) { return dynamic_cast<const Constant*>(&tensor.node().op()) != nullptr; }

}  // namespace

BOOST_AUTO_TEST_SUITE(constants)

BOOST_AUTO_TEST_CASE(what_depends_on_constants_alone_is_computed) {
  const Tensor c = constant(xt::xarray<float>{{1, 2}, {3, 4}});
  const Tensor folded = fold(sum(dot(c, transpose(c)) * 2, 0));
  BOOST_REQUIRE(is_constant(folded));
  const xt::xarray<float> value = static_cast<const Constant&>(folded.node().op()).value();
  BOOST_TEST((value == xt::xarray<float>{32, 72}));
}

BOOST_AUTO_TEST_CASE(nothing_else_is) {
  const Tensor x = input({batch, 2});
  const Tensor w = parameter(xt::xarray<float>{1, 2});
  int calls = 0;
  const auto count = [&](std::span<const Tensor> tensors) {
    ++calls;
    return evaluate(tensors);
  };
  const Tensor y = (x * 2.0 + w) / dim_size(batch);
  const auto graph = fold_constants(graph_below({y}), count);
  BOOST_TEST((graph.outputs[0] == y));
  BOOST_TEST(calls == 0);
}

BOOST_AUTO_TEST_CASE(a_result_is_computed_once_for_all_its_readers) {
  const Tensor x = input({2});
  const Tensor c = exp(constant(xt::xarray<float>{1, 2}));
  const Tensor d = c * 2;
  std::size_t count = 0;
  const auto graph = fold_constants(graph_below({x * c, x + d, x - c, d}), [&](std::span<const Tensor> tensors) {
    count += tensors.size();
    return evaluate(tensors);
  });
  BOOST_TEST(count == 2u);
  const auto folded = [&](std::size_t output) { return graph.outputs[output].node().inputs()[1]; };
  BOOST_TEST(is_constant(folded(0)));
  BOOST_TEST((folded(0) == folded(2)));
  BOOST_TEST(is_constant(folded(1)));
  BOOST_TEST((folded(1) == graph.outputs[3]));
}

BOOST_AUTO_TEST_CASE(broadcasts_stay_and_their_operand_is_computed) {
  const Tensor x = input({batch, 1000, 1000});
  const Tensor folded = fold(x * broadcast_to(exp(scalar(1)), {1000, 1000}));
  const Tensor& operand = folded.node().inputs()[1];
  BOOST_TEST(operand.node().op().name() == "broadcast_to");
  BOOST_TEST(is_constant(operand.node().inputs()[0]));
}

BOOST_AUTO_TEST_CASE(what_would_take_much_more_memory_is_left_to_the_binding) {
  const Tensor column = constant(Array::zeros(DType::float32, {1000, 1}));
  const Tensor row = constant(Array::zeros(DType::float32, {1000}));
  const Tensor large = exp(column + row);
  BOOST_TEST((fold(large) == large));
  // What it is made of is computed all the same, and what is no larger than its operands too.
  const Tensor partly = fold(exp(column) + row);
  BOOST_TEST(partly.node().op().name() == "add");
  BOOST_TEST(is_constant(partly.node().inputs()[0]));
  BOOST_TEST(is_constant(fold(exp(constant(Array::zeros(DType::float32, {1000, 1000}))))));
  BOOST_TEST(is_constant(fold(column * constant(Array::zeros(DType::float32, {10})))));
}

BOOST_AUTO_TEST_CASE(nothing_is_left_to_run_at_binding) {
  const Tensor x = input({batch, 2});
  const Tensor y = x * exp(constant(xt::xarray<float>{1, 2}));
  const auto steps = [&](const Passes& passes) {
    return make_plan(lower(std::vector{x}, std::vector{y}, {}, passes)).prologue.steps.size();
  };
  BOOST_TEST(steps({.constants = false}) == 1u);
  BOOST_TEST(steps({}) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
