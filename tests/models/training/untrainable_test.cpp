#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/flatten.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/argmax.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"

using namespace xgrad;
using test::check_error;

namespace {

Sequential model_with(std::int64_t units, Tensor (*activation)(const Tensor&) = softmax) {
  return {Dense{.units = units, .activation = activation, .input_shape = {6}}};
}

void compile_with(const Loss& loss, const Optimizer& optimizer = SGD{}) {
  auto model = model_with(3);
  model.compile({.optimizer = optimizer, .loss = loss});
}

/// Makes its weight by itself, anew in each graph.
struct OwnParameter {
  static constexpr std::string_view kind = "OwnParameter";
  Tensor call(const Tensor& x, LayerContext&) const { return x * parameter(1.0f, "scale"); }
};

/// Reads a parameter that somebody else made and keeps.
struct SharedParameter {
  static constexpr std::string_view kind = "SharedParameter";
  Tensor scale;
  Tensor call(const Tensor& x, LayerContext&) const { return x * scale; }
};

struct NoUpdates {
  Updates updates(std::span<const Tensor>, std::span<const Tensor>) const { return {}; }
};

struct SameValues {
  Updates updates(std::span<const Tensor> parameters, std::span<const Tensor>) const {
    Updates result;
    for (const auto& parameter : parameters) result.push_back({parameter, parameter});
    return result;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(untrainable)

BOOST_AUTO_TEST_CASE(a_loss_of_integers) {
  check_error<DTypeError>(
      [] { compile_with([](const Tensor& target, const Tensor& y) { return argmax(target, -1) - argmax(y, -1); }); },
      "Sequential::compile: expected a floating-point loss, but loss gives int64, which has no derivative; use a loss "
      "such "
      "as categorical_crossentropy");
}

BOOST_AUTO_TEST_CASE(a_loss_that_reaches_no_weight) {
  const std::string text = "Sequential::compile: no derivative of the loss, loss, reaches a weight of the model";
  check_error<GradientError>([] { compile_with([](const Tensor& target, const Tensor&) { return mean(target, -1); }); },
                             text);
  check_error<GradientError>(
      [] {
        compile_with([](const Tensor& target, const Tensor& y) { return mean(square(target - stop_gradient(y)), -1); });
      },
      text);
  check_error<GradientError>(
      [] { compile_with([](const Tensor&, const Tensor& y) { return cast(argmax(y, -1), DType::float32); }); }, text);
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_summed_over_the_batch) {
  const std::string text =
      "Sequential::compile: expected a loss with a value for each sample, (batch, ...), but loss gives shape ";
  check_error<ShapeError>([] { compile_with([](const Tensor& t, const Tensor& y) { return sum(square(t - y)); }); },
                          text + "(); reduce over the axes of a sample only");
  check_error<ShapeError>([] { compile_with([](const Tensor& t, const Tensor& y) { return sum(square(t - y), 0); }); },
                          text + "(3,)");
  BOOST_CHECK_NO_THROW(compile_with([](const Tensor& t, const Tensor& y) { return sum(square(t - y), -1); }));
  BOOST_CHECK_NO_THROW(compile_with([](const Tensor& t, const Tensor& y) { return square(t - y); }));
}

BOOST_AUTO_TEST_CASE(a_parameter_that_no_context_knows) {
  Sequential model{Dense{.units = 3, .input_shape = {6}}, OwnParameter{}};
  check_error<ValueError>(
      [&] { model.compile({.optimizer = "sgd", .loss = "mse"}); },
      "Sequential::compile: a layer made the parameter 'scale' of type float32 () in its call, so that "
      "each graph has another one and none is trained; write context.weight(\"name\", shape, "
      "initializer)");
  Sequential sharing{Dense{.units = 3, .input_shape = {6}}, SharedParameter{parameter(2.0f, "scale")}};
  BOOST_CHECK_NO_THROW(sharing.compile({.optimizer = "sgd", .loss = "mse"}));
}

BOOST_AUTO_TEST_CASE(an_optimizer_that_updates_nothing) {
  const std::string text = "Sequential::compile: the optimizer changes no weight";
  check_error<GradientError>([] { compile_with("mse", NoUpdates{}); }, text);
  check_error<GradientError>([] { compile_with("mse", SameValues{}); }, text);
}

BOOST_AUTO_TEST_CASE(that_are_refused_leave_the_model_as_it_was) {
  auto model = model_with(3);
  model.compile({.optimizer = "sgd", .loss = "mse"});
  BOOST_CHECK_THROW(model.compile({.optimizer = NoUpdates{}, .loss = "mse"}), GradientError);
  const xt::xarray<float> x = xt::ones<float>({4, 6});
  const xt::xarray<float> y = xt::zeros<float>({4, 3});
  BOOST_CHECK_NO_THROW(model.fit(x, y, {.verbose = 0}));
}

BOOST_AUTO_TEST_CASE(a_model_without_weights) {
  Sequential model{Flatten{.input_shape = {2, 3}}};
  check_error<GradientError>([&] { model.compile({.optimizer = "sgd", .loss = "mse"}); },
                             "Sequential::compile: expected weights to train, but the model has none");
}

BOOST_AUTO_TEST_CASE(one_unit_that_can_be_nothing_but_1) {
  const std::string fix = "for two classes use one sigmoid unit and binary_crossentropy";
  for (const char* loss : {"categorical_crossentropy", "mse", "binary_crossentropy"}) {
    auto model = model_with(1);
    check_error<ValueError>([&] { model.compile({.optimizer = "sgd", .loss = loss}); },
                            "the model ends with one unit, of which softmax makes 1, and with it the loss, ");
    check_error<ValueError>([&] { model.compile({.optimizer = "sgd", .loss = loss}); }, fix);
  }
  for (const char* loss : {"categorical_crossentropy", "sparse_categorical_crossentropy"}) {
    auto model = model_with(1, sigmoid);
    check_error<ValueError>([&] { model.compile({.optimizer = "sgd", .loss = loss}); },
                            "the model ends with one unit, the only class, and with it the loss, ");
  }
  auto model = model_with(1, sigmoid);
  BOOST_CHECK_NO_THROW(model.compile({.optimizer = "sgd", .loss = "binary_crossentropy"}));
}

BOOST_AUTO_TEST_SUITE_END()
