#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/flatten.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "blobs.hpp"
#include <limits>

using namespace xgrad;
using test::Blobs;
using test::check_error;

namespace {

template <class T = float>
xt::xarray<T> array(std::vector<std::size_t> shape) {
  return xt::zeros<T>(shape);
}

/// The model of the tutorial.
Sequential tutorial(const Loss& loss = categorical_crossentropy) {
  Sequential model{Dense{.units = 32, .activation = relu, .input_shape = {784}},
                   Dense{.units = 10, .activation = softmax}};
  model.compile({.optimizer = SGD{}, .loss = loss, .metrics = {"accuracy"}});
  return model;
}

template <class Error>
void check_fit(const ArrayRef& x, const ArrayRef& y, const std::string& text, const FitOptions& options = {},
               const Loss& loss = categorical_crossentropy) {
  auto model = tutorial(loss);
  FitOptions quiet = options;
  quiet.verbose = 0;
  check_error<Error>([&] { model.fit(x, y, quiet); }, text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(training_errors)

BOOST_AUTO_TEST_CASE(images_that_are_no_rows) {
  check_fit<ShapeError>(
      array<std::uint8_t>({600, 28, 28}), array({600, 10}),
      "Error when checking input: expected dense_1_input to have 2 dimensions, but got array with shape "
      "(600, 28, 28)\nEach sample has as many elements as the model expects: reshape the array to (600, 784).");
}

BOOST_AUTO_TEST_CASE(samples_of_the_wrong_size) {
  check_fit<ShapeError>(
      array({60, 28}), array({60, 10}),
      "Error when checking input: expected dense_1_input to have shape (784,) but got array with shape (28,)\n"
      "Give the model an array of shape (samples, 784)");
  check_fit<ShapeError>(array({784}), array({1, 10}),
                        "expected dense_1_input to have shape (784,) but got array with shape (1,)");
  check_fit<ShapeError>(1.0f, array({1, 10}),
                        "expected dense_1_input to have 2 dimensions, but got array with shape ()");
}

BOOST_AUTO_TEST_CASE(one_sample_without_an_axis_of_samples) {
  check_error<ShapeError>([] { tutorial().predict(array({784})); },
                          "This is one sample without an axis of samples: reshape the array to (1, 784).");
  Sequential images{Flatten{.input_shape = {28, 28}}, Dense{.units = 10}};
  check_error<ShapeError>(
      [&] {
        images.predict(array({28, 28}));
      },
      "expected flatten_1_input to have 3 dimensions, but got array with shape (28, 28)\n"
      "This is one sample without an axis of samples: reshape the array to (1, 28, 28).");
}

BOOST_AUTO_TEST_CASE(an_input_shape_with_batch) {
  check_error<ShapeError>(
      [] {
        Sequential{Dense{.units = 10, .input_shape = {batch, 784}}};
      },
      "Sequential: expected the input shape of dense_1 to be that of one sample, in numbers, but got (batch, 784); "
      "leave "
      "out batch, the model adds it");
}

BOOST_AUTO_TEST_CASE(a_forgotten_flatten) {
  Sequential model{Dense{.units = 10, .activation = softmax, .input_shape = {28, 28}}};
  model.compile({.optimizer = SGD{}, .loss = "categorical_crossentropy"});
  check_error<ShapeError>(
      [&] {
        model.fit(array({5, 28, 28}), array({5, 10}), {.verbose = 0});
      },
      "The model gives (28, 10) for each sample, a row for each of several places: where one is "
      "meant, put a Flatten{} before the first Dense.");
}

BOOST_AUTO_TEST_CASE(labels_where_rows_are_expected) {
  check_fit<ShapeError>(
      array({60, 784}), array<std::uint8_t>({60}),
      "Error when checking target: expected dense_2 to have shape (10,) but got array with shape (1,)\nIf these "
      "are labels, make rows of them with to_categorical(labels, 10), or compile with the loss "
      "sparse_categorical_crossentropy.");
  check_fit<ShapeError>(
      array({60, 784}), array({60, 9}),
      "Error when checking target: expected dense_2 to have shape (10,) but got array with shape (9,)\n"
      "Give categorical_crossentropy targets of shape (samples, 10)");
  check_fit<ShapeError>(
      array({60, 784}), array({60, 2, 5}),
      "Error when checking target: expected dense_2 to have 2 dimensions, but got array with shape (60, 2, 5)");
}

BOOST_AUTO_TEST_CASE(rows_where_labels_are_expected) {
  check_fit<ShapeError>(
      array({60, 784}), array({60, 10}),
      "Error when checking target: expected dense_2 to have shape (1,) but got array with shape (10,)\n"
      "sparse_categorical_crossentropy takes the number of the class",
      {}, "sparse_categorical_crossentropy");
}

BOOST_AUTO_TEST_CASE(labels_that_are_no_classes) {
  const auto check = [](const ArrayRef& y, const std::string& text) {
    check_fit<ValueError>(array({3, 784}), y, text, {}, "sparse_categorical_crossentropy");
  };
  check(xt::xarray<int>{0, 9, 10},
        "sparse_categorical_crossentropy: expected labels that are whole numbers from 0 to 9, but the one at index 2 "
        "is 10, "
        "which is too large; raise the number of classes, or correct the label");
  check(xt::xarray<int>{0, -1, 1}, "the one at index 1 is -1, which is negative");
  check(xt::xarray<double>{0.5, 1, 1}, "the one at index 0 is 0.5, which is fractional");
}

BOOST_AUTO_TEST_CASE(sample_counts_that_differ) {
  check_fit<ValueError>(
      array({60, 784}), array({59, 10}),
      "Input arrays should have the same number of samples as target arrays. Found 60 input samples and 59 "
      "target samples.\nCut both arrays");
}

BOOST_AUTO_TEST_CASE(no_samples) {
  check_fit<ValueError>(
      array({0, 784}), array({0, 10}),
      "Error when checking input: expected dense_1_input to have at least one sample, but got array with shape "
      "(0, 784)\nThe array is empty");
  check_fit<ValueError>(array({5, 784}), array({0, 10}), "expected dense_2 to have at least one sample");
  check_error<ValueError>([] { tutorial().evaluate(array({0, 784}), array({0, 10})); }, "at least one sample");
  check_error<ValueError>([] { tutorial().predict(array({0, 784})); }, "at least one sample");
}

BOOST_AUTO_TEST_CASE(validation_data_is_checked_before_training) {
  bool is_training = false;
  const Callback watch{.on_train_begin = [&](const FitParameters&) { is_training = true; }};
  const auto x = array({5, 784});
  const auto y = array({5, 10});
  const auto wrong = array({5, 783});
  check_fit<ShapeError>(x, y, "expected dense_1_input to have shape (784,) but got array with shape (783,)",
                        {.validation_data = {wrong, y}, .callbacks = {watch}});
  BOOST_TEST(!is_training);
}

BOOST_AUTO_TEST_CASE(options_out_of_range) {
  const auto x = array({5, 784});
  const auto y = array({5, 10});
  check_fit<ValueError>(x, y, "Sequential::fit: expected a batch_size of 1 or more, but got 0", {.batch_size = 0});
  check_fit<ValueError>(x, y, "Sequential::fit: expected epochs of at least initial_epoch", {.epochs = -1});
  check_fit<ValueError>(x, y, "but got 2 and 3", {.epochs = 2, .initial_epoch = 3});
  check_fit<ValueError>(x, y, "Sequential::fit: expected a validation_split of 0 or more and below 1, but got 1",
                        {.validation_split = 1});
  check_fit<ValueError>(x, y, "a validation_split of 0.9 of 5 samples leaves 0 to train on and 5 to validate",
                        {.validation_split = 0.9});
  check_error<ValueError>([&] { tutorial().evaluate(x, y, {.batch_size = -1}); },
                          "Sequential::evaluate: expected a batch_size of 1 or more, but got -1");
  check_error<ValueError>([&] { tutorial().predict(x, {.batch_size = 0}); },
                          "Sequential::predict: expected a batch_size");
}

BOOST_AUTO_TEST_CASE(calls_at_the_wrong_time) {
  Sequential model{Dense{.units = 10, .input_shape = {784}}};
  const auto x = array({5, 784});
  const auto y = array({5, 10});
  check_error<StateError>(
      [&] { model.fit(x, y); },
      "Sequential::fit: expected a model that was compiled; call model.compile({.optimizer = ..., .loss = "
      "...}) before");
  check_error<StateError>([&] { model.evaluate(x, y); }, "Sequential::evaluate: expected a model that was compiled");
  BOOST_CHECK_NO_THROW(model.predict(x));
  model.compile({.optimizer = "sgd", .loss = "mse"});
  BOOST_CHECK_NO_THROW(model.fit(x, y, {.verbose = 0}));
  check_error<StateError>([&] { const auto [loss, accuracy] = model.evaluate(x, y, {.verbose = 0}); },
                          "evaluate: the model was compiled without metrics");
  model.add(Dense{.units = 1});
  check_error<StateError>([&] { model.fit(x, y); }, "expected a model that was compiled");
  check_error<StateError>([] { Sequential().compile({.optimizer = "sgd", .loss = "mse"}); },
                          "Sequential: the model has no layers");
  check_error<StateError>([&] { Sequential().predict(x); }, "Sequential: the model has no layers");
}

BOOST_AUTO_TEST_CASE(compilations_that_do_not_fit) {
  Sequential model{Dense{.units = 10, .input_shape = {784}}};
  check_error<ValueError>(
      [&] {
        model.compile({.optimizer = "sgd", .loss = "mse", .metrics = {"accuracy", "acc"}});
      },
      "Sequential::compile: two metrics are called acc; give one another name");
  check_error<ValueError>([&] { model.compile({.optimizer = SGD{.learning_rate = -1}, .loss = "mse"}); },
                          "SGD: expected a learning rate");
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_no_number_stops_the_training) {
  const Blobs data(20);
  auto x = data.x;
  x(13, 2) = std::numeric_limits<float>::quiet_NaN();
  Sequential model{Dense{.units = 3, .activation = softmax, .input_shape = {6}}};
  model.compile({.optimizer = "sgd", .loss = "mse"});
  std::int64_t batches = 0;
  const Callback count{.on_batch_end = [&](std::int64_t, const Logs&) { ++batches; }};
  check_error<NumericError>(
      [&] {
        model.fit(x, data.y, {.epochs = 3, .batch_size = 5, .shuffle = false, .verbose = 0, .callbacks = {count}});
      },
      "Sequential::fit: expected a finite loss, but it is nan in epoch 1 of 3, batch 3 of 4; training has stopped. "
      "Lower the "
      "learning rate");
  BOOST_TEST(batches == 2);
}

BOOST_AUTO_TEST_CASE(a_loss_that_explodes_stops_the_training) {
  Sequential model{Dense{.units = 1, .kernel_initializer = "ones", .input_shape = {1}}};
  model.compile({.optimizer = SGD{.learning_rate = 1e10}, .loss = "mse"});
  check_error<NumericError>(
      [&] {
        model.fit(xt::xarray<float>{1, 2, 3}, xt::xarray<float>{3, 2, 1},
                  {.epochs = 100, .batch_size = 1, .shuffle = false, .verbose = 0});
      },
      "of 100, batch ");
}

BOOST_AUTO_TEST_CASE(logs_without_the_name) {
  Logs logs;
  check_error<ValueError>([&] { logs["loss"]; }, "logs: no value is called 'loss'; there are none");
  logs.set("loss", 1);
  logs.set("acc", 1);
  check_error<ValueError>([&] { logs["mae"]; }, "logs: no value is called 'mae'; there are loss, acc");
}

BOOST_AUTO_TEST_SUITE_END()
