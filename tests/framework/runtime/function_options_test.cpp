#include <xgrad/framework/runtime/plan.hpp>

#include <boost/test/unit_test.hpp>

#include "mlp_step.hpp"
#include <algorithm>
#include <cmath>

using namespace xgrad;

namespace {

constexpr bool Passes::*switches[] = {&Passes::dead_code,  &Passes::common_subexpressions,
                                      &Passes::constants,  &Passes::algebra,
                                      &Passes::transposes, &Passes::fusion,
                                      &Passes::in_place,   &Passes::packing};

/// Ten training steps: the losses, and the weights at the end.
std::vector<float> train(const Passes& passes) {
  const test::MlpStep mlp;
  auto step = compile({mlp.x, mlp.y}, {mlp.loss}, mlp.updates, {.passes = passes});
  const auto data = test::MlpStep::batch_of(100);
  std::vector<float> result;
  for (int count = 0; count < 10; ++count) result.push_back(step(data[0], data[1])[0].data<float>()[0]);
  for (const auto& weight : mlp.weights) {
    const auto values = weight.value().data<float>();
    result.insert(result.end(), values.begin(), values.end());
  }
  return result;
}

void check_same(const std::vector<float>& received, const std::vector<float>& expected) {
  BOOST_REQUIRE(received.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) BOOST_TEST(std::abs(received[i] - expected[i]) < 1e-4f);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(function_options)

BOOST_AUTO_TEST_CASE(a_training_step_is_the_same_without_any_of_the_passes) {
  const auto expected = train({});
  Passes none;
  for (auto pass : switches) {
    Passes passes;
    passes.*pass = false;
    none.*pass = false;
    check_same(train(passes), expected);
  }
  check_same(train(none), expected);
}

BOOST_AUTO_TEST_CASE(without_fusion_every_instruction_is_a_step) {
  const test::MlpStep mlp;
  const auto steps = [&](const Passes& passes) {
    const auto plan = make_plan(lower(std::vector{mlp.x, mlp.y}, std::vector{mlp.loss}, mlp.updates, passes));
    std::vector<std::size_t> sizes;
    for (const auto& level : plan.levels) {
      for (const auto& phase : level) {
        for (const auto& step : phase.steps) sizes.push_back(step.instructions.size());
      }
    }
    return *std::max_element(sizes.begin(), sizes.end());
  };
  BOOST_TEST(steps({}) > 1u);
  BOOST_TEST(steps({.fusion = false}) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
