#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "blobs.hpp"
#include <algorithm>
#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace xgrad;
using test::Blobs;
using test::check_error;

namespace {

Sequential make_model() {
  Sequential model{Dense{.units = 16, .activation = relu, .input_shape = {6}},
                   Dense{.units = 3, .activation = softmax}};
  model.compile({.optimizer = SGD{}, .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  return model;
}

/// Calls `work` on so many threads at once, with their numbers.
template <class Work>
void at_once(std::size_t threads, const Work& work) {
  std::vector<std::thread> others;
  for (std::size_t number = 0; number < threads; ++number) others.emplace_back([&work, number] { work(number); });
  for (auto& other : others) other.join();
}

std::string bytes_of(const Array& array) {
  return {reinterpret_cast<const char*>(array.bytes().data()), array.bytes().size()};
}

/// Holds a training in its first epoch while `during` runs.
template <class During>
void while_training(Sequential& model, const Blobs& data, During during) {
  std::atomic<bool> has_begun = false;
  std::atomic<bool> may_end = false;
  const Callback wait{.on_epoch_begin = [&](int) {
    has_begun = true;
    while (!may_end) std::this_thread::yield();
  }};
  std::thread trainer([&] { model.fit(data.x, data.y, {.verbose = 0, .callbacks = {wait}}); });
  while (!has_begun) std::this_thread::yield();
  during();
  may_end = true;
  trainer.join();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(concurrent_use)

BOOST_AUTO_TEST_CASE(predict_and_evaluate_give_each_thread_the_numbers_of_one_alone) {
  auto model = make_model();
  const Blobs data(300);
  // More threads than the plans that a function keeps, each with batches of its own size.
  constexpr std::size_t threads = 24;
  std::vector<std::string> expected;
  for (std::size_t number = 0; number < threads; ++number) {
    expected.push_back(bytes_of(model.predict(data.x, {.batch_size = static_cast<std::int64_t>(number) + 1})));
  }
  const double loss = model.evaluate(data.x, data.y, {.verbose = 0}).loss();

  auto fresh = make_model();  // nothing of it is compiled yet
  for (std::size_t index = 0; index < model.weights().size(); ++index) {
    fresh.weights()[index].assign(model.weights()[index].value());
  }
  std::array<int, threads> wrong{};
  at_once(threads, [&](std::size_t number) {
    for (std::size_t call = 0; call < 10; ++call) {
      const auto size = (number + call) % threads;
      wrong[number] +=
          bytes_of(fresh.predict(data.x, {.batch_size = static_cast<std::int64_t>(size) + 1})) != expected[size];
      wrong[number] += fresh.evaluate(data.x, data.y, {.verbose = 0}).loss() != loss;
    }
  });
  for (const int count : wrong) BOOST_TEST(count == 0);
}

BOOST_AUTO_TEST_CASE(nobody_else_uses_a_model_that_is_trained) {
  auto model = make_model();
  const Blobs data(40);
  while_training(model, data, [&] {
    check_error<StateError>(
        [&] { model.fit(data.x, data.y, {.verbose = 0}); },
        "Sequential::fit: expected a model that no other thread is using, but fit is running on it");
    check_error<StateError>(
        [&] { model.predict(data.x); },
        "Sequential::predict: expected a model that no other thread changes, but fit is running on it");
    check_error<StateError>([&] { model.evaluate(data.x, data.y, {.verbose = 0}); },
                            "Sequential::evaluate: expected a model that no other thread changes");
    check_error<StateError>([&] { model.add(Dense{.units = 2}); }, "Sequential::add: expected a model that no other");
    check_error<StateError>([&] { model.compile({.optimizer = "sgd", .loss = "mse"}); },
                            "Sequential::compile: expected a model that no other thread is using");
  });
  BOOST_CHECK_NO_THROW(model.fit(data.x, data.y, {.verbose = 0}));
  BOOST_CHECK_NO_THROW(model.predict(data.x));
}

BOOST_AUTO_TEST_CASE(one_of_two_trainings_at_once_is_refused) {
  auto model = make_model();
  const Blobs data(300);
  std::atomic<int> refused = 0;
  std::atomic<int> trained = 0;
  at_once(4, [&](std::size_t) {
    try {
      model.fit(data.x, data.y, {.epochs = 20, .verbose = 0});
      ++trained;
    } catch (const StateError&) {
      ++refused;
    }
  });
  BOOST_TEST(trained >= 1);
  BOOST_TEST(trained + refused == 4);
}

BOOST_AUTO_TEST_CASE(callbacks_may_look_and_not_change) {
  auto model = make_model();
  const Blobs data(40);
  int calls = 0;
  const Callback callback{.on_epoch_end = [&](int, const Logs&) {
    ++calls;
    BOOST_CHECK_NO_THROW(model.predict(data.x));
    BOOST_CHECK_NO_THROW(model.evaluate(data.x, data.y, {.verbose = 0}));
    const std::string text = "expected a model that is not being trained, but this is a callback of its fit";
    check_error<StateError>([&] { model.add(Dense{.units = 2}); }, "Sequential::add: " + text);
    check_error<StateError>([&] { model.compile({.optimizer = "sgd", .loss = "mse"}); },
                            "Sequential::compile: " + text);
    check_error<StateError>([&] { model.fit(data.x, data.y, {.verbose = 0}); }, "Sequential::fit: " + text);
  }};
  model.fit(data.x, data.y, {.epochs = 2, .verbose = 0, .callbacks = {callback}});
  BOOST_TEST(calls == 2);
}

BOOST_AUTO_TEST_CASE(a_model_that_was_moved_from_is_refused) {
  auto model = make_model();
  auto other = std::move(model);
  const Blobs data(40);
  const std::string text = "Sequential: expected a model, but this one was moved from";
  check_error<StateError>([&] { model.predict(data.x); }, text);
  check_error<StateError>([&] { model.fit(data.x, data.y); }, text);
  check_error<StateError>([&] { model.evaluate(data.x, data.y); }, text);
  check_error<StateError>([&] { model.add(Dense{.units = 2}); }, text);
  check_error<StateError>([&] { model.compile({.optimizer = "sgd", .loss = "mse"}); }, text);
  check_error<StateError>([&] { static_cast<void>(model.summary()); }, text);
  check_error<StateError>([&] { model.weights(); }, text);
  check_error<StateError>([&] { model.input(); }, text);
  check_error<StateError>([&] { model.stop_training(); }, text);
  model = std::move(other);
  BOOST_CHECK_NO_THROW(model.predict(data.x));
}

BOOST_AUTO_TEST_CASE(a_model_moved_in_a_callback_ends_the_training) {
  auto model = make_model();
  const Blobs data(40);
  std::optional<Sequential> thief;
  const Callback callback{.on_epoch_end = [&](int, const Logs&) { thief.emplace(std::move(model)); }};
  check_error<StateError>([&] { model.fit(data.x, data.y, {.epochs = 3, .verbose = 0, .callbacks = {callback}}); },
                          "this one was moved from");
  BOOST_CHECK_NO_THROW(thief->predict(data.x));
}

BOOST_AUTO_TEST_SUITE_END()
