#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/activation.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/flatten.hpp>
#include <xgrad/models/training/layer_stack.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"

using namespace xgrad;
using test::check_error;

BOOST_AUTO_TEST_SUITE(layer_stacks)

BOOST_AUTO_TEST_CASE(names_are_those_of_keras) {
  LayerStack layers;
  for (const Layer& layer :
       std::initializer_list<Layer>{Flatten{.input_shape = {4, 2}}, Dense{.units = 3}, Activation{"relu"},
                                    Dense{.units = 2, .name = "head"}, Dense{.units = 1}}) {
    layers.add(layer);
  }
  std::vector<std::string> names;
  for (const auto& entry : layers.entries()) names.push_back(entry.state.name);
  BOOST_TEST(names == (std::vector<std::string>{"flatten_1", "dense_1", "activation_1", "head", "dense_2"}),
             boost::test_tools::per_element());
  BOOST_TEST(layers.input().name() == "flatten_1_input");
  BOOST_TEST(layers.output().shape().to_string() == "(batch, 1)");

  std::vector<std::string> weights;
  for (const auto& weight : layers.weights()) weights.push_back(weight.tensor.name());
  BOOST_TEST(weights == (std::vector<std::string>{"dense_1/kernel", "dense_1/bias", "head/kernel", "head/bias",
                                                  "dense_2/kernel", "dense_2/bias"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(models_count_for_themselves_and_layers_can_be_used_twice) {
  const Layer layer = Dense{.units = 3, .input_shape = {3}};
  LayerStack one;
  one.add(layer);
  one.add(layer);
  LayerStack two;
  two.add(layer);
  BOOST_TEST(two.entries()[0].state.name == "dense_1");
  BOOST_TEST(one.entries()[1].state.name == "dense_2");
  BOOST_TEST((one.weights()[0].tensor != one.weights()[2].tensor));
  BOOST_TEST((one.weights()[0].tensor != two.weights()[0].tensor));
}

BOOST_AUTO_TEST_CASE(a_layer_that_does_not_fit_leaves_the_stack_as_it_was) {
  LayerStack layers;
  check_error<ValueError>([&] { layers.add(Dense{.units = 3}); },
                          "Sequential: the first layer, dense_1, has no input shape; give it the shape of one sample");
  check_error<StateError>([&] { layers.output(); }, "Sequential: the model has no layers");
  layers.add(Dense{.units = 3, .input_shape = {4}, .name = "first"});
  check_error<ValueError>([&] { layers.add(Dense{.units = 0}); }, "dense_1: expected 1 unit or more");
  check_error<ValueError>([&] { layers.add(Dense{.units = 1, .name = "first"}); },
                          "Sequential: two layers are called first; give each its own .name");
  check_error<ShapeError>([&] { layers.add(Dense{.units = 1, .input_shape = {5}}); },
                          "dense_1: its .input_shape (batch, 5) is not what the layer before it gives, (batch, 3)");
  check_error<ShapeError>([&] { layers.add(Activation{[](const Tensor& x) { return sum(x); }}); },
                          "activation_1: expected a result with a row for each sample, (batch, ...), but got shape ()");
  BOOST_TEST(layers.entries().size() == 1);
  BOOST_TEST(layers.output().shape().to_string() == "(batch, 3)");
  layers.add(Dense{.units = 1, .input_shape = {3}});
  BOOST_TEST(layers.entries().size() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
