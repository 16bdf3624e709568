#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/binding.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "mlp_step.hpp"
#include <algorithm>
#include <set>
#include <string>

using namespace xgrad;

namespace {

/// A plan bound to a batch size; the plan stays where it is.
struct Bound {
  Bound(const std::vector<Tensor>& inputs, const std::vector<Tensor>& outputs, const Updates& updates,
        std::int64_t rows, const Passes& passes = {})
      : plan(make_plan(lower(inputs, outputs, updates, passes))), binding(make(inputs, rows)) {}

  Binding make(const std::vector<Tensor>& inputs, std::int64_t rows) {
    sizes.bind(batch, rows);
    std::vector<Extents> shapes;
    for (const auto& input : inputs) shapes.push_back(input.shape().extents(sizes));
    return Binding(plan, shapes, sizes);
  }

  Bindings sizes;
  Plan plan;
  Binding binding;
};

Bound bound_step(std::int64_t hidden, std::int64_t rows) {
  const test::MlpStep mlp(784, hidden);
  return Bound({mlp.x, mlp.y}, {mlp.loss}, mlp.updates, rows);
}

/// One task that takes long.
class Indivisible final : public Op {
 public:
  std::string_view name() const override { return "indivisible"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments&) const override {}
  double cost(std::span<const Extents>) const override { return 1e9; }
};

/// The largest sum, over the levels, of the bytes of values that one level or the caller hands to another.
double most_live_bytes(const Plan& plan, const Bindings& sizes) {
  std::vector<double> live(plan.levels.size() + 1);
  for (std::size_t level = 0; level < plan.levels.size(); ++level) {
    for (const auto& phase : plan.levels[level]) {
      for (const auto& step : phase.steps) {
        for (auto id : step.instructions) {
          for (auto output : plan.program.instructions[id].outputs) {
            if (plan.placements[output] != Placement::in_arena) continue;
            const auto& type = plan.program.values[output].type;
            const auto bytes =
                element_count(type.shape.extents(sizes)) * static_cast<std::int64_t>(size_of(type.dtype));
            for (auto at = level; at <= plan.last_level[output]; ++at) live[at] += static_cast<double>(bytes);
          }
        }
      }
    }
  }
  return *std::max_element(live.begin(), live.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bindings)

BOOST_AUTO_TEST_CASE(the_arena_is_little_more_than_what_lives_at_one_time) {
  for (const auto& [hidden, rows] :
       {std::pair<std::int64_t, std::int64_t>{32, 128}, {32, 10}, {512, 128}, {512, 1024}}) {
    const auto bound = bound_step(hidden, rows);
    const double live = most_live_bytes(bound.plan, bound.sizes);
    BOOST_TEST(live > 0);
    BOOST_TEST(static_cast<double>(bound.binding.arena_bytes()) <= 1.1 * live, hidden << ", " << rows);
  }
}

BOOST_AUTO_TEST_CASE(formulas_write_over_operands_that_die) {
  const auto x = input({batch, 64}, "x");
  const auto w = parameter(Array::zeros(DType::float32, {64, 64}), "w");
  const auto y = dot(exp(dot(x, w)), w);  // the formula stands alone between two kernels
  const auto scratch = [&](bool in_place) {
    return Bound({x}, {y}, {}, 32, {.in_place = in_place}).binding.cut(0, 0).scratch_bytes;
  };
  BOOST_TEST(scratch(true) < scratch(false));
}

BOOST_AUTO_TEST_CASE(operands_that_are_read_again_are_kept) {
  const auto x = input({batch, 8}, "x");
  const auto w = parameter(sample_values({8, 8}).cast(DType::float32), "w");
  const auto y = dot(x, w);
  const auto z = exp(y * 0.1);
  const auto outputs = std::vector{dot(z, w) + y * z, dot(z * z, w)};
  const Array argument = sample_values({16, 8}).cast(DType::float32);
  const auto expected = compile({x}, outputs, {}, {.passes = {.fusion = false, .in_place = false}})(argument);
  const auto received = compile({x}, outputs)(argument);
  for (std::size_t index = 0; index < outputs.size(); ++index) {
    BOOST_TEST(received[index].data<float>() == expected[index].data<float>(), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(large_batches_give_many_cores_something_to_do) {
  // Levels 0 and 2 pack operands, level 1 is the rows of the batch, level 3 the tiles of the weights.
  const auto small = bound_step(512, 128);
  BOOST_TEST(small.plan.levels.size() == 4u);
  BOOST_TEST(small.binding.tasks(1) == 2u);
  BOOST_TEST(small.binding.tasks(3) >= 49u);
  const auto large = bound_step(512, 4096);
  BOOST_TEST(large.binding.tasks(1) == 64u);
  BOOST_TEST(large.binding.tasks(3) >= 49u);
}

BOOST_AUTO_TEST_CASE(what_is_too_small_is_not_shared) {
  const auto shared_levels = [](std::int64_t hidden, std::int64_t rows) {
    const auto bound = bound_step(hidden, rows);
    int count = 0;
    for (std::size_t level = 0; level < bound.plan.levels.size(); ++level) count += bound.binding.is_shared(level);
    return count;
  };
  BOOST_TEST(shared_levels(32, 10) == 0);
  BOOST_TEST(shared_levels(32, 128) >= 2);
  BOOST_TEST(shared_levels(512, 10) >= 1);
  BOOST_TEST(shared_levels(512, 128) >= 2);
}

BOOST_AUTO_TEST_CASE(large_formulas_and_copies_are_shared) {
  const auto x = input({batch, 1024}, "x");
  BOOST_TEST(Bound({x}, {x + 1.0}, {}, 1024).binding.is_shared(0));
  BOOST_TEST(!Bound({x}, {x + 1.0}, {}, 64).binding.is_shared(0));
}

// A formula of fewer elements takes as long: two tasks would take twice as long as one.
BOOST_AUTO_TEST_CASE(formulas_of_few_elements_are_not_cut) {
  const auto tasks = [](Tensor x, std::int64_t rows) {
    Tensor y = x;
    for (int formula = 0; formula < 100'000; ++formula) y = exp(y);
    return Bound({x}, {y}, {}, rows).binding.tasks(0);
  };
  BOOST_TEST(tasks(input({batch}), 16) == 1u);
  BOOST_TEST(tasks(input({batch, 10}), 10) == 1u);
  BOOST_TEST(tasks(input({batch, 256}), 16) > 1u);
}

BOOST_AUTO_TEST_CASE(a_tensor_that_becomes_too_large_is_refused_before_it_is_made) {
  const auto x = input({batch, 1}, "x");
  const auto wide = exp(broadcast_to(x, {batch, std::int64_t{1} << 43}) + x);
  BOOST_CHECK_EXCEPTION(Bound({x}, {wide}, {}, 5), ShapeError, [](const ShapeError& error) {
    return std::string(error.what()).find("is too large: expected fewer than 2^47 bytes") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(one_large_task_beside_small_ones_is_not_shared) {
  const auto x = input({batch, 8}, "x");
  const auto large = apply(std::make_shared<const Indivisible>(), {parameter(Array(1.0f))});
  const auto is_shared = [&](std::int64_t rows) { return Bound({x}, {large, exp(x)}, {}, rows).binding.is_shared(0); };
  BOOST_TEST(!is_shared(100));
  BOOST_TEST(is_shared(100'000));
}

BOOST_AUTO_TEST_SUITE_END()
