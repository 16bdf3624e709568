#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/checkpoint.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/binding.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/plan.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/tanh.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <string_view>
#include <vector>

using namespace xgrad;

namespace {

constexpr std::int64_t width = 24;

/// Sixteen layers in groups of four, and the gradients of all weights.
struct DeepNetwork {
  explicit DeepNetwork(bool with_checkpoints) : x(input({batch, width}, "x")) {
    Tensor hidden = x;
    for (int group = 0; group < 4; ++group) {
      std::vector<Tensor> layer_weights;
      for (int layer = 0; layer < 4; ++layer) {
        weights.push_back(parameter(sample_values({width, width}, -0.4, 0.4, 4 * group + layer).cast(DType::float32)));
        layer_weights.push_back(weights.back());
      }
      const auto layers = [=](std::span<const Tensor> inputs) {
        Tensor y = inputs[0];
        for (const auto& w : layer_weights) y = tanh(dot(y, w));
        return y;
      };
      hidden = with_checkpoints ? checkpoint(layers, {hidden}) : layers({&hidden, 1});
    }
    loss = mean(square(hidden));
  }

  std::vector<Tensor> results() const {
    auto all = gradients(*loss, weights);
    all.push_back(*loss);
    return all;
  }

  Tensor x;
  std::vector<Tensor> weights;
  std::optional<Tensor> loss;
};

std::size_t count(std::span<const Tensor> tensors, std::string_view op) {
  const auto nodes = nodes_below(tensors);
  return static_cast<std::size_t>(
      std::count_if(nodes.begin(), nodes.end(), [=](const auto& node) { return node->op().name() == op; }));
}

/// How often an operator runs in a compiled function.
std::size_t runs(const std::vector<Tensor>& inputs, const std::vector<Tensor>& outputs, std::string_view op) {
  const auto program = lower(inputs, outputs, {});
  return static_cast<std::size_t>(
      std::count_if(program.instructions.begin(), program.instructions.end(),
                    [=](const Instruction& instruction) { return instruction.op && instruction.op->name() == op; }));
}

std::size_t arena_bytes(const DeepNetwork& network, std::int64_t rows) {
  const auto plan = make_plan(lower({&network.x, 1}, network.results(), {}));
  Bindings sizes;
  sizes.bind(batch, rows);
  return Binding(plan, {{rows, width}}, sizes).arena_bytes();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoints)

BOOST_AUTO_TEST_CASE(keep_every_bit_of_values_and_gradients) {
  const DeepNetwork kept(false);
  const DeepNetwork again(true);
  const Array samples = sample_values({500, width}).cast(DType::float32);
  const auto expected = compile({kept.x}, kept.results())(samples);
  const auto received = compile({again.x}, again.results())(samples);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST(std::memcmp(expected[i].bytes().data(), received[i].bytes().data(), expected[i].bytes().size()) == 0);
  }
}

BOOST_AUTO_TEST_CASE(need_less_memory) {
  const auto kept = arena_bytes(DeepNetwork(false), 1000);
  const auto again = arena_bytes(DeepNetwork(true), 1000);
  BOOST_TEST_MESSAGE("arena of " << kept << " bytes, with checkpoints " << again);
  BOOST_TEST(static_cast<double>(again) < 0.7 * static_cast<double>(kept));
}

BOOST_AUTO_TEST_CASE(compute_the_middle_twice_and_only_for_gradients) {
  const DeepNetwork network(true);
  BOOST_TEST(runs({network.x}, {*network.loss}, "tanh") == 16);
  // The last layer of a group gives the checkpoint's result, which is not needed a second time by the others.
  const auto with_gradients = runs({network.x}, network.results(), "tanh");
  BOOST_TEST(with_gradients > 16);
  BOOST_TEST(with_gradients <= 32);
}

BOOST_AUTO_TEST_CASE(have_all_orders_and_forward_mode) {
  const auto function = [](auto x) {
    const Tensor w = x[1];
    const auto layer = [&](auto y) { return tanh(dot(y[0], w)) * y[0] + w; };
    return checkpoint(layer, {checkpoint(layer, {x[0]})});
  };
  check_gradients(function, {sample_values({2, 2}), sample_values({2, 2}, -1, 1, 1)});
  const Tensor x = input({2, 2}, "x");
  const Tensor v = input({2, 2}, "v");
  const std::vector<Tensor> arguments{x, parameter(sample_values({2, 2}).cast(DType::float32))};
  // Forward mode keeps nothing for later: it has nothing to compute twice.
  BOOST_TEST(runs({x, v}, jvp({function(arguments)}, {x}, {v}), "tanh") == 2);
}

BOOST_AUTO_TEST_CASE(of_checkpoints_are_opened_one_by_one) {
  const Tensor x = parameter(sample_values({3}));
  const auto inner = [](auto y) { return tanh(tanh(y[0])); };
  const auto outer = [&](auto y) { return tanh(checkpoint(inner, {tanh(y[0])})); };
  const Tensor plain = sum(square(tanh(inner(std::vector{tanh(x)}))));
  const Tensor loss = sum(square(checkpoint(outer, {x})));
  const Array expected = eval(gradients(plain, {x})[0]);
  BOOST_TEST(eval(gradients(loss, {x})[0]).view<double>() == expected.view<double>());
}

BOOST_AUTO_TEST_CASE(give_gradients_to_what_the_function_reads_besides) {
  const Tensor x = parameter(Array(2.0));
  const Tensor w = parameter(Array(3.0));
  const Tensor scaled = w * 2;
  const Tensor loss = square(checkpoint([&](auto y) { return y[0] * scaled * w; }, {x * w}));  // (2 x w^3)^2
  const auto slopes = gradients(loss, {x, w, scaled});
  BOOST_TEST(eval(slopes[0]).item() == 8 * 2 * 729);
  BOOST_TEST(eval(slopes[1]).item() == 24 * 4 * 243);
  BOOST_TEST(eval(slopes[2]).item() == 2 * 108 * 18);
}

BOOST_AUTO_TEST_CASE(of_nothing_that_depends_on_the_inputs_are_the_value) {
  const Tensor x = parameter(Array(2.0));
  const Tensor w = parameter(Array(3.0));
  BOOST_TEST((checkpoint([&](auto) { return w; }, {x}) == w));
  BOOST_TEST(count(std::vector{checkpoint([&](auto) { return w * w; }, {x})}, "checkpoint") == 0);
}

BOOST_AUTO_TEST_CASE(each_costs_as_much_as_its_piece) {
  // Also with an input that is older than all of the chain. Time as the square of the length would be half a minute.
  const auto x = input({batch, width}, "x");
  const auto w = parameter(sample_values({width, width}).cast(DType::float32), "w");
  const auto seconds = [&](int length) {
    const auto start = std::chrono::steady_clock::now();
    Tensor hidden = tanh(x);
    for (int piece = 0; piece < length; ++piece) {
      hidden =
          checkpoint([&](std::span<const Tensor> inputs) { return tanh(dot(inputs[0], w) + inputs[1]); }, {hidden, x});
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds(100);  // warm
  const double some = seconds(500), many = seconds(4000);
  BOOST_TEST(many < 40 * some, many << " s for eight times as many as took " << some << " s");
}

BOOST_AUTO_TEST_SUITE_END()
