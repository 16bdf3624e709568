#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/plan.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/tanh.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

using namespace xgrad;

namespace {

constexpr std::int64_t width = 192;

Array values(Extents shape, int variant) {
  return sample_values(std::move(shape), -0.1, 0.1, variant).cast(DType::float32);
}

/// Two layers and their gradients, wide enough for their weights to be packed.
struct Network {
  Tensor x = input({batch, width}, "x");
  std::vector<Tensor> weights{parameter(values({width, width}, 1), "w1"), parameter(values({width, width}, 2), "w2")};
  Tensor output = dot(tanh(dot(x, weights[0])), weights[1]);
  Tensor loss = mean(square(output));

  std::vector<Tensor> outputs() const {
    auto all = gradients(loss, weights);
    all.push_back(output);
    return all;
  }
};

std::size_t count(const Plan& plan, std::string_view name) {
  const auto& instructions = plan.program.instructions;
  return static_cast<std::size_t>(std::count_if(instructions.begin(), instructions.end(), [&](const auto& instruction) {
    return instruction.op && instruction.op->name() == name;
  }));
}

void check_same_bytes(const Array& received, const Array& expected) {
  BOOST_REQUIRE(received.shape() == expected.shape());
  BOOST_TEST(std::memcmp(received.bytes().data(), expected.bytes().data(), expected.bytes().size()) == 0);
}

/// Names no attributes, and so is the same only as itself.
class NamelessPack final : public Op {
 public:
  std::string_view name() const override { return "nameless_pack"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
};

/// Asks for its input to be packed by an operator that it makes anew each time.
class Copies final : public Op {
 public:
  std::string_view name() const override { return "copies"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& at) const override {
    std::copy_n(at.inputs[0].as<float>(), element_count(at.inputs[0].shape), at.outputs[0].as<float>());
  }
  std::optional<PackableInput> packable_input(std::span<const Tensor>) const override {
    return PackableInput{0, std::make_shared<const NamelessPack>(), 1};
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(packing)

BOOST_AUTO_TEST_CASE(leaves_what_it_does_not_know_again) {
  const auto x = input({3}, "x");
  auto function = compile({x}, {apply(std::make_shared<const Copies>(), {x})});
  check_same_bytes(function(values({3}, 1))[0], values({3}, 1));
}

BOOST_AUTO_TEST_CASE(changes_no_bit_at_any_number_of_rows) {
  const Network network;
  auto packed = compile({network.x}, network.outputs());
  auto plain = compile({network.x}, network.outputs(), {}, {.passes = {.packing = false}});
  for (const std::int64_t rows : {1, 5, 64, 130, 500}) {
    const auto x = values({rows, width}, 3);
    const auto received = packed(x);
    const auto expected = plain(x);
    for (std::size_t index = 0; index < expected.size(); ++index) check_same_bytes(received[index], expected[index]);
  }
}

BOOST_AUTO_TEST_CASE(an_operand_is_packed_once_for_all_products_that_read_it_alike) {
  const auto x = input({batch, width});
  const auto w = parameter(values({width, width}, 1));
  const auto plan = make_plan(lower(std::vector{x}, std::vector{dot(dot(dot(x, w), w), w)}, {}));
  BOOST_TEST(count(plan, "pack_right_operand") == 1u);
  BOOST_TEST(count(plan, "dot_packed") == 3u);
}

BOOST_AUTO_TEST_CASE(small_operands_and_those_of_open_width_are_left_alone) {
  const auto x = input({batch, 8});
  const auto y = input({8, batch});
  const auto w = parameter(values({8, 8}, 1));
  const auto plan = make_plan(lower(std::vector{x, y}, std::vector{dot(x, w), dot(x, y)}, {}));
  BOOST_TEST(count(plan, "pack_right_operand") == 0u);
}

BOOST_AUTO_TEST_CASE(parameters_that_are_only_read_are_packed_again_when_they_have_changed) {
  const Network network;
  auto infer = compile({network.x}, {network.output});
  auto plain = compile({network.x}, {network.output}, {}, {.passes = {.packing = false}});
  const auto plan = make_plan(lower(std::vector{network.x}, std::vector{network.output}, {}));
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::kept) == 2);

  const auto x = values({3, width}, 3);
  const auto check = [&] { check_same_bytes(infer(x)[0], plain(x)[0]); };
  check();
  check();
  network.weights[0].assign(values({width, width}, 4));
  check();
  const auto slopes = gradients(network.loss, network.weights);
  auto step = compile({network.x}, {network.loss}, {{network.weights[1], network.weights[1] - slopes[1] * 10.0}});
  const auto before = infer(x)[0];
  step(x);
  check();
  const auto after = infer(x)[0];
  BOOST_TEST(std::memcmp(before.bytes().data(), after.bytes().data(), after.bytes().size()) != 0);
}

BOOST_AUTO_TEST_CASE(parameters_that_the_function_updates_are_packed_in_every_call) {
  const Network network;
  const auto slopes = gradients(network.loss, network.weights);
  const Updates updates{{network.weights[0], network.weights[0] - slopes[0] * 10.0}};
  const auto plan = make_plan(lower(std::vector{network.x}, std::vector{network.loss}, updates));
  BOOST_TEST(count(plan, "pack_right_operand") > 2u);
  BOOST_TEST(std::count(plan.placements.begin(), plan.placements.end(), Placement::kept) > 0);

  auto step = compile({network.x}, {network.loss}, updates);
  const auto x = values({200, width}, 3);
  const auto first = step(x)[0].item();
  BOOST_TEST(step(x)[0].item() != first);
}

BOOST_AUTO_TEST_SUITE_END()
