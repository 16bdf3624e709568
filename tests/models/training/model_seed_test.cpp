#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/dropout.hpp>
#include <xgrad/models/random_seed.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include "../elements.hpp"
#include "blobs.hpp"
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

using namespace xgrad;
using test::Blobs;
using test::elements;

namespace {

const std::function<void()> nothing = [] {};

void train(Sequential& model) {
  static const Blobs data(200);
  model.compile({.optimizer = "rmsprop", .loss = "categorical_crossentropy"});
  model.fit(data.x, data.y, {.epochs = 2, .batch_size = 16, .verbose = 0});
}

std::vector<double> weights_of(const Sequential& model) {
  std::vector<double> all;
  for (const auto& weight : model.weights()) {
    for (const auto value : elements(weight.value())) all.push_back(value);
  }
  return all;
}

/// The weights of a model after its training; something else happens between all steps.
std::vector<double> trained(const ModelOptions& options, const std::function<void()>& between = nothing) {
  Sequential model({Dense{.units = 5, .input_shape = {6}}}, options);
  between();
  model.add(Dropout{.rate = 0.5});
  between();
  model.add(Dense{.units = 3, .activation = softmax});
  between();
  train(model);
  between();
  train(model);
  return weights_of(model);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(model_seeds)

BOOST_AUTO_TEST_CASE(a_model_with_a_seed_does_not_depend_on_what_others_draw) {
  const auto expected = trained({.seed = 7});
  BOOST_TEST((trained({.seed = 8}) != expected));
  set_random_seed(3);
  BOOST_TEST(trained({.seed = 7}) == expected, boost::test_tools::per_element());
  const auto others = [] {
    next_random_seed();
    set_random_seed(next_random_seed());
    Sequential other{Dense{.units = 2, .input_shape = {2}}};
    Sequential({Dense{.units = 2, .input_shape = {2}}}, {.seed = 7});
  };
  BOOST_TEST(trained({.seed = 7}, others) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(models_with_seeds_are_made_by_several_threads_at_once) {
  const auto expected = trained({.seed = 7});
  std::atomic<bool> is_done = false;
  std::thread drawing([&] {
    while (!is_done) next_random_seed();
  });
  std::vector<std::vector<double>> results(3);
  std::vector<std::thread> threads;
  for (auto& result : results) threads.emplace_back([&result] { result = trained({.seed = 7}); });
  for (auto& thread : threads) thread.join();
  is_done = true;
  drawing.join();
  for (const auto& result : results) BOOST_TEST((result == expected));
}

BOOST_AUTO_TEST_CASE(a_model_with_a_seed_draws_none_of_the_program) {
  set_random_seed(1);
  const auto first = next_random_seed();
  set_random_seed(1);
  trained({.seed = 7});
  BOOST_TEST(next_random_seed() == first);
}

// Keras' way: one call at the start of a program fixes everything in it.
BOOST_AUTO_TEST_CASE(a_model_without_a_seed_follows_the_program) {
  set_random_seed(7);
  const auto first = trained({});
  const auto second = trained({});
  BOOST_TEST((first != second));
  BOOST_TEST(first == trained({.seed = 7}), boost::test_tools::per_element());
  set_random_seed(7);
  BOOST_TEST(trained({}) == first, boost::test_tools::per_element());
  BOOST_TEST(trained({}) == second, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_layer_that_is_refused_has_drawn_nothing) {
  const auto weights = [](bool with_refused) {
    Sequential model({Dense{.units = 5, .input_shape = {6}}}, {.seed = 7});
    // Its kernel has been made when the shape of its bias turns out to be wrong.
    const Dense refused{.units = 4, .bias_initializer = [](const Shape&, std::uint64_t) { return Array(0.0f); }};
    if (with_refused) BOOST_CHECK_THROW(model.add(refused), ShapeError);
    model.add(Dense{.units = 3});
    return weights_of(model);
  };
  BOOST_TEST(weights(true) == weights(false), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_clone_goes_on_as_its_model_does) {
  Sequential model({Dense{.units = 5, .input_shape = {6}}, Dropout{.rate = 0.5}, Dense{.units = 3}}, {.seed = 7});
  auto copy = model.clone();
  train(model);
  train(copy);
  BOOST_TEST(weights_of(copy) == weights_of(model), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
