// What a call leaves behind that ends by an exception.

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../bytes_of.hpp"
#include "mlp_step.hpp"
#include <atomic>
#include <cstring>
#include <string>

using namespace xgrad;
using test::bytes_of;

namespace {

struct KernelFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// x itself, unless it has been told to fail; in blocks of rows.
class FailsOnDemand final : public Op {
 public:
  std::string_view name() const override { return "fails_on_demand"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& arguments) const override {
    // The last block, so that all others have been made.
    const auto& x = arguments.inputs[0];
    if (fails && arguments.first_row + (x.shape.empty() ? 1 : x.shape[0]) >= last_row) {
      throw KernelFailure("as it was told");
    }
    std::memcpy(arguments.outputs[0].data, x.data, static_cast<std::size_t>(element_count(x.shape)) * size_of(x.dtype));
  }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return inputs[0].shape.rank() > 0 ? std::optional(std::vector{0}) : std::nullopt;
  }

  std::int64_t last_row = 0;
  mutable std::atomic<bool> fails{false};
};

/// Where in a step of training a kernel fails: each comes later than the one before.
enum class Place { of_the_samples, of_a_weight_gradient, of_a_sum, of_an_update };

/// A step of training with another result, whose kernel may fail.
struct Step {
  explicit Step(Place place) : mlp(100, 24), op(std::make_shared<FailsOnDemand>()) {
    const auto gradients = xgrad::gradients(mlp.loss, mlp.weights);
    const auto may_fail = [&](const Tensor& x) {
      op->last_row = x.rank() > 0 && x.shape()[0].is_known() ? x.shape()[0].value() : 1;
      return apply(op, {x});
    };
    std::vector<Tensor> outputs{mlp.loss};
    Updates updates;
    for (std::size_t index = 0; index < gradients.size(); ++index) {
      updates.push_back({mlp.weights[index], mlp.weights[index] - gradients[index]});
    }
    if (place == Place::of_the_samples) outputs.push_back(may_fail(mlp.x));
    if (place == Place::of_a_weight_gradient) outputs.push_back(may_fail(gradients[0]));
    if (place == Place::of_a_sum) outputs.push_back(may_fail(sum(square(gradients[0]))));
    if (place == Place::of_an_update) updates.back().value = may_fail(updates.back().value);
    function.emplace(compile({mlp.x, mlp.y}, outputs, updates));
  }

  test::MlpStep mlp;
  std::shared_ptr<FailsOnDemand> op;
  std::optional<Function> function;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(failed_call)

BOOST_AUTO_TEST_CASE(leaves_every_parameter_and_output_as_it_was) {
  const int threads_before = threads();
  for (int count : {1, 2}) {
    set_threads(count);
    for (auto place : {Place::of_the_samples, Place::of_a_weight_gradient, Place::of_a_sum, Place::of_an_update}) {
      BOOST_TEST_CONTEXT("place " << static_cast<int>(place) << ", threads " << count) {
        Step step(place);
        const auto data = test::MlpStep::batch_of(400, 100);
        const std::vector<ArrayRef> arguments{data[0], data[1]};
        std::vector<Array> outputs = (*step.function)(std::span<const ArrayRef>(arguments));
        const auto first_outputs = bytes_of(outputs[0]) + bytes_of(outputs.back());
        const auto first = bytes_of(step.mlp.weights);
        step.op->fails = true;
        for (int call = 0; call < 3; ++call) {  // the first one has run before, the others plan again
          BOOST_CHECK_THROW(step.function->run(arguments, outputs), KernelFailure);
          BOOST_TEST((bytes_of(step.mlp.weights) == first));
          BOOST_TEST((bytes_of(outputs[0]) + bytes_of(outputs.back()) == first_outputs));
        }
        step.op->fails = false;
        Step other(place);
        for (int call = 0; call < 2; ++call) (*other.function)(std::span<const ArrayRef>(arguments));
        step.function->run(arguments, outputs);
        BOOST_TEST((bytes_of(step.mlp.weights) == bytes_of(other.mlp.weights)));
      }
    }
  }
  set_threads(threads_before);
}

BOOST_AUTO_TEST_CASE(of_an_operator_of_the_library_updates_nothing) {
  const auto x = parameter(sample_values({3, 3}, 1, 2));
  const auto count = parameter(Array(0.0));
  auto step = compile({}, {inv(x - x)}, {{count, count + 1.0}, {x, x + x}});
  const auto before = bytes_of(x.value());
  for (int call = 0; call < 2; ++call) {
    BOOST_CHECK_THROW(step(), NumericError);
    BOOST_TEST(count.value().item() == 0);
    BOOST_TEST((bytes_of(x.value()) == before));
  }
}

BOOST_AUTO_TEST_CASE(does_not_keep_what_it_has_not_packed) {
  // What is packed of a weight is kept from call to call; a call that failed may not have packed it.
  const auto op = std::make_shared<FailsOnDemand>();
  op->fails = true;
  const auto x = input({batch, 64}, "x");
  const auto w = parameter(sample_values({64, 512}).cast(DType::float32));
  auto function = compile({x}, {dot(apply(op, {x}), w)});
  const auto argument = sample_values({512, 64}).cast(DType::float32);
  BOOST_CHECK_THROW(function(argument), KernelFailure);
  op->fails = false;
  const auto received = function(argument);
  const auto expected = compile({x}, {dot(x, w)})(argument);
  BOOST_TEST((bytes_of(received[0]) == bytes_of(expected[0])));
}

BOOST_AUTO_TEST_CASE(a_step_of_training_waits_for_nothing_that_cannot_fail) {
  // Two levels: samples, and weights with their updates.
  const test::MlpStep mlp(100, 24);
  const auto text = mlp.compile().explain();
  BOOST_TEST(text.find("level 1") != std::string::npos, text);
  BOOST_TEST(text.find("level 2") == std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
