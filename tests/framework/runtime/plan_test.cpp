#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/runtime/plan.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "mlp_step.hpp"
#include <algorithm>

using namespace xgrad;

namespace {

Plan plan_of(std::vector<Tensor> inputs, std::vector<Tensor> outputs, Updates updates = {}) {
  return make_plan(lower(inputs, outputs, updates));
}

std::size_t kernels(const Program& program, InstructionKind kind) {
  return static_cast<std::size_t>(std::count_if(program.instructions.begin(), program.instructions.end(),
                                                [&](const auto& instruction) { return instruction.kind == kind; }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(a_training_step_needs_two_joins) {
  const test::MlpStep mlp;
  const auto plan = plan_of({mlp.x, mlp.y}, {mlp.loss}, mlp.updates);
  BOOST_TEST(plan.levels.size() == 2u);
  // Forward and backward are one phase of row blocks.
  BOOST_TEST(plan.levels[0].size() == 1u);
  BOOST_TEST((plan.levels[0][0].rows == batch));
}

BOOST_AUTO_TEST_CASE(equal_subgraphs_are_computed_once) {
  auto x = input({batch}, "x");
  const auto program = lower(std::vector{x}, std::vector{exp(x * 2.0) + exp(x * 2.0)}, {});
  BOOST_TEST(program.instructions.size() == 3u);
}

BOOST_AUTO_TEST_CASE(what_no_output_needs_is_dropped) {
  auto x = input({batch}, "x");
  auto y = exp(x);
  auto slope = gradients(sum(y), {x})[0];
  const auto program = lower(std::vector{x}, std::vector{slope}, {});
  BOOST_TEST(kernels(program, InstructionKind::kernel) == 0u);  // the sum itself is not needed
}

BOOST_AUTO_TEST_CASE(formulas_read_what_is_broadcast_and_not_the_broadcast) {
  auto x = input({batch, 8}, "x");
  auto b = parameter(Array::zeros(DType::float32, {8}), "b");
  const auto program = lower(std::vector{x}, std::vector{x + broadcast_to(b, {batch, 8})}, {});
  BOOST_TEST(kernels(program, InstructionKind::copy) == 0u);
}

BOOST_AUTO_TEST_CASE(what_depends_on_sizes_alone_runs_at_binding) {
  auto x = input({batch, 8}, "x");
  const auto plan = plan_of({x}, {x / (dim_size(batch) * 8.0)});
  BOOST_TEST(plan.prologue.steps.size() == 1u);
  BOOST_TEST(plan.levels.size() == 1u);
}

BOOST_AUTO_TEST_CASE(values_inside_a_fused_chain_get_no_memory) {
  auto x = input({batch, 8}, "x");
  const auto plan = plan_of({x}, {exp(exp(exp(x)))});
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::in_register) == 2);
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::in_arena) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
