#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/dropout.hpp>
#include <xgrad/models/layers/flatten.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/random_seed.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include "../elements.hpp"
#include "blobs.hpp"
#include <cmath>
#include <type_traits>

using namespace xgrad;
using test::Blobs;
using test::elements;

namespace {

/// A layer as a user writes one: a learned factor for each feature, and a count of the training steps.
struct Scale {
  static constexpr std::string_view kind = "Scale";
  Shape input_shape = {};

  Tensor call(const Tensor& x, LayerContext& context) const {
    const auto steps = context.counter("steps");
    context.update(steps, add(steps, scalar(1, DType::int64)));
    return x * context.weight("factor", {x.shape()[1]}, 1.0);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(sequentials)

BOOST_AUTO_TEST_CASE(predictions_are_those_of_the_graph) {
  Sequential model{Dense{.units = 5, .activation = relu, .input_shape = {6}}, Dense{.units = 3, .activation = softmax}};
  const Blobs data(23);
  const auto expected = compile({model.input()}, {model.output()})(data.x).front();
  for (std::int64_t batch_size : {1, 4, 23, 100}) {
    const auto received = model.predict(data.x, {.batch_size = batch_size});
    BOOST_TEST((received.shape() == Extents{23, 3}));
    const auto left = elements(received);
    const auto right = elements(expected);
    for (std::size_t index = 0; index < left.size(); ++index) BOOST_CHECK_SMALL(left[index] - right[index], 1e-6);
  }
  const xt::xarray<float> some = model.predict(xt::view(data.x, xt::range(3, 5)));
  BOOST_CHECK_SMALL(static_cast<double>(some(1, 2)) - elements(expected)[4 * 3 + 2], 1e-6);
}

BOOST_AUTO_TEST_CASE(automatic_names_avoid_given_ones) {
  const Sequential model{Dense{.units = 2, .input_shape = {3}}, Dense{.units = 2, .name = "dense_1"},
                         Dense{.units = 2}};
  BOOST_TEST(model.summary().find("dense_2") != std::string::npos);
  BOOST_TEST(model.summary().find("dense_3") != std::string::npos);
  Sequential added;
  added.add(Dense{.units = 2, .input_shape = {3}, .name = "dense_1"});
  added.add(Dense{.units = 2});
  added.add(Dense{.units = 2, .name = "dense_4"});
  added.add(Dense{.units = 2});
  added.add(Dense{.units = 2});
  BOOST_TEST(added.weights().size() == 10U);
}

BOOST_AUTO_TEST_CASE(the_graph_can_be_extended) {
  Sequential model{Dense{.units = 2, .input_shape = {3}}};
  const auto x = input({batch, 3}, "own");
  auto twice = compile({x, model.input()}, {model(x) * 2, model.output()});
  const xt::xarray<float> array{{1, 2, 3}, {4, 5, 6}};
  const auto results = twice(array, array);
  const auto doubled = elements(results[0]);
  const auto plain = elements(results[1]);
  for (std::size_t index = 0; index < plain.size(); ++index) BOOST_CHECK_CLOSE(doubled[index], 2 * plain[index], 1e-4);
}

BOOST_AUTO_TEST_CASE(weights_can_be_read_and_replaced) {
  Sequential model{Dense{.units = 1, .input_shape = {2}}};
  const auto weights = model.weights();
  BOOST_REQUIRE(weights.size() == 2);
  weights[0].assign(Array(xt::xarray<float>{2, 3}).reshaped({2, 1}));
  weights[1].assign(xt::xarray<float>{1.0f});
  BOOST_TEST(model.predict(xt::xarray<float>{{10, 100}, {1, 2}}).data<float>()[0] == 321);
}

BOOST_AUTO_TEST_CASE(layers_of_ones_own_are_trained_and_keep_state) {
  set_random_seed(1);
  Sequential model{Scale{.input_shape = {6}}, Dense{.units = 3, .activation = softmax}};
  model.compile({.optimizer = RMSprop{.learning_rate = 0.01}, .loss = categorical_crossentropy});
  const Blobs data(40);
  model.fit(data.x, data.y, {.epochs = 2, .batch_size = 8, .verbose = 0});
  const auto factor = model.weights()[0];
  BOOST_TEST(factor.name() == "scale_1/factor");
  double moved = 0;
  for (const double value : elements(factor.value())) moved += std::abs(value - 1);
  BOOST_TEST(moved > 0.01);
}

BOOST_AUTO_TEST_CASE(dropout_acts_in_training_only) {
  set_random_seed(1);
  Sequential model{Dropout{.rate = 0.5, .input_shape = {6}}, Dense{.units = 3, .activation = softmax}};
  model.compile({.optimizer = RMSprop{.learning_rate = 0}, .loss = categorical_crossentropy});
  const Blobs data(50);
  const double expected = model.evaluate(data.x, data.y, {.verbose = 0}).loss();
  BOOST_TEST(model.evaluate(data.x, data.y, {.verbose = 0}).loss() == expected);
  const auto losses = model.fit(data.x, data.y, {.epochs = 3, .verbose = 0}).history.at("loss");
  BOOST_TEST(losses[0] != losses[1]);
  BOOST_TEST(losses[1] != losses[2]);
  BOOST_TEST(losses[0] != expected);
}

BOOST_AUTO_TEST_CASE(images_can_go_in_as_they_are) {
  Sequential model{Flatten{.input_shape = {4, 5}}, Dense{.units = 2}};
  BOOST_TEST((model.predict(xt::xarray<std::uint8_t>(xt::ones<std::uint8_t>({3, 4, 5}))).shape() == Extents{3, 2}));
}

BOOST_AUTO_TEST_CASE(a_clone_has_weights_of_its_own) {
  static_assert(!std::is_copy_constructible_v<Sequential> && !std::is_copy_assignable_v<Sequential>);
  const Blobs data(40);
  Sequential model{Scale{.input_shape = {6}}, Dropout{.rate = 0.25}, Dense{.units = 3, .activation = softmax}};
  const CompileOptions options{.optimizer = "rmsprop", .loss = "categorical_crossentropy"};
  model.compile(options);
  model.fit(data.x, data.y, {.verbose = 0});
  set_random_seed(7);
  const auto first_seed = next_random_seed();
  set_random_seed(7);
  Sequential copy = model.clone();
  BOOST_TEST(next_random_seed() == first_seed);  // it has drawn none
  const auto before = elements(model.predict(data.x));
  BOOST_TEST(elements(copy.predict(data.x)) == before, boost::test_tools::per_element());
  BOOST_TEST(copy.summary() == model.summary());
  BOOST_CHECK_THROW(copy.fit(data.x, data.y, {.verbose = 0}), StateError);
  copy.compile(options);
  copy.fit(data.x, data.y, {.verbose = 0});
  BOOST_TEST((elements(copy.predict(data.x)) != before));
  BOOST_TEST(elements(model.predict(data.x)) == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(models_move) {
  const Blobs data(20);
  Sequential model{Dense{.units = 3, .activation = softmax, .input_shape = {6}}};
  model.compile({.optimizer = "rmsprop", .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  const double loss = model.evaluate(data.x, data.y, {.verbose = 0}).loss();
  Sequential moved = std::move(model);
  BOOST_TEST(moved.evaluate(data.x, data.y, {.verbose = 0}).loss() == loss);
}

BOOST_AUTO_TEST_SUITE_END()
