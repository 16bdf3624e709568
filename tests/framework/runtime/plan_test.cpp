#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/runtime/plan.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/standardize.hpp>
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

BOOST_AUTO_TEST_CASE(a_kernel_over_rows_ends_a_chain) {
  auto x = input({batch, 8}, "x");
  const auto plan = plan_of({x}, {sum(square(exp(x)), 1)});
  const auto& steps = plan.levels[0][0].steps;
  BOOST_REQUIRE(steps.size() == 1u);
  BOOST_TEST(steps[0].instructions.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_kernel_without_a_chain_stays_alone) {
  auto x = input({batch, 8}, "x");
  const auto plan = plan_of({x}, {sum(x, 1), max(x, 1)});
  for (const auto& step : plan.levels[0][0].steps) {
    BOOST_TEST(!step.is_fused);
    BOOST_TEST(step.instructions.size() == 1u);
  }
}

// Rows longer than a tile, and rows of unknown length, are not handed over tile by tile.
BOOST_AUTO_TEST_CASE(long_rows_end_no_chain) {
  for (const auto& columns : {Dim(100'000), Dim::symbol("length")}) {
    auto x = input({batch, columns}, "x");
    const auto plan = plan_of({x}, {sum(exp(x), 1)});
    BOOST_TEST(plan.levels[0][0].steps.size() == 2u);
  }
}

BOOST_AUTO_TEST_CASE(a_reshape_does_not_end_a_chain) {
  auto x = input({batch, 6}, "x");
  const auto plan = plan_of({x}, {sum(square(reshape(exp(x), {batch, 2, 3})), 2)});
  BOOST_TEST(plan.levels[0][0].steps.size() == 1u);
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::in_register) == 2);
}

BOOST_AUTO_TEST_CASE(results_of_kernels_that_nobody_reads_get_memory_too) {
  auto x = input({batch, 3}, "x");
  const auto plan = plan_of({x}, {standardize(exp(x))});
  BOOST_REQUIRE(plan.levels[0][0].steps.size() == 1u);  // the kernel ends the chain
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::in_phase) == 1);
}

BOOST_AUTO_TEST_CASE(values_inside_a_fused_chain_get_no_memory) {
  auto x = input({batch, 8}, "x");
  const auto plan = plan_of({x}, {exp(exp(exp(x)))});
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::in_register) == 2);
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::in_arena) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
