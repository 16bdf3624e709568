#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/metrics/accuracy.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/models/random_seed.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/sparse_categorical_crossentropy.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../framework/io/temporary_folder.hpp"
#include "../elements.hpp"
#include "blobs.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

using namespace xgrad;
using test::Blobs;
using test::elements;

namespace {

Sequential classifier(std::uint64_t seed = 1) {
  set_random_seed(seed);
  return {Dense{.units = 16, .activation = relu, .input_shape = {6}}, Dense{.units = 3, .activation = softmax}};
}

Sequential compiled(const Optimizer& optimizer = RMSprop{.learning_rate = 0.01},
                    const Loss& loss = categorical_crossentropy) {
  auto model = classifier();
  model.compile({.optimizer = optimizer, .loss = loss, .metrics = {"accuracy"}});
  return model;
}

std::vector<double> all_weights(const Sequential& model) {
  std::vector<double> values;
  for (const auto& weight : model.weights()) {
    const auto part = elements(weight.value());
    values.insert(values.end(), part.begin(), part.end());
  }
  return values;
}

/// y = w * x + b, from w = b = 0, with the mean of (y - target)^2: what is trained can be followed by hand.
struct Line {
  Sequential model{Dense{.units = 1, .kernel_initializer = "zeros", .input_shape = {1}}};
  double rate = 0.1;

  Line() { model.compile({.optimizer = SGD{.learning_rate = rate}, .loss = mean_squared_error}); }

  static double loss(double w, double b, const std::vector<double>& x, const std::vector<double>& y) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (w * x[i] + b - y[i]) * (w * x[i] + b - y[i]);
    return sum / static_cast<double>(x.size());
  }
  void step(double& w, double& b, const std::vector<double>& x, const std::vector<double>& y) const {
    double slope_w = 0;
    double slope_b = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      slope_w += 2 * (w * x[i] + b - y[i]) * x[i] / static_cast<double>(x.size());
      slope_b += 2 * (w * x[i] + b - y[i]) / static_cast<double>(x.size());
    }
    w -= rate * slope_w;
    b -= rate * slope_b;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fitting)

BOOST_AUTO_TEST_CASE(a_classifier_learns) {
  const Blobs train(600);
  const Blobs test(200, 6, 3, 2);
  auto model = compiled();
  const auto before = model.evaluate(test.x, test.y, {.verbose = 0});
  const auto history = model.fit(train.x, train.y, {.epochs = 15, .validation_data = {test.x, test.y}, .verbose = 0});
  const auto [loss, accuracy] = model.evaluate(test.x, test.y, {.verbose = 0});
  BOOST_TEST(accuracy > 0.9);
  BOOST_TEST(loss < 0.5 * before.loss());
  BOOST_TEST(history.history.at("loss").back() < history.history.at("loss").front());
  BOOST_CHECK_SMALL(history.history.at("val_loss").back() - loss, 1e-6);
  BOOST_CHECK_SMALL(history.history.at("val_acc").back() - accuracy, 1e-6);
}

BOOST_AUTO_TEST_CASE(a_profile_is_written_and_changes_no_bit) {
  const Blobs data(64, 6, 3);
  const test::TemporaryFolder folder;
  auto plain = compiled();
  plain.fit(data.x, data.y, {.epochs = 2, .verbose = 0});
  auto profiled = compiled();
  profiled.fit(data.x, data.y, {.epochs = 2, .verbose = 0, .profile = (folder.path() / "trace.json").string()});
  BOOST_TEST(all_weights(profiled) == all_weights(plain), boost::test_tools::per_element());
  BOOST_TEST(std::filesystem::file_size(folder.path() / "trace.json") > 1000u);
}

BOOST_AUTO_TEST_CASE(a_profile_that_cannot_be_written_is_refused_before_training) {
  const Blobs data(64, 6, 3);
  const test::TemporaryFolder folder;
  auto model = compiled();
  const auto before = all_weights(model);
  const auto file = (folder.path() / "missing" / "trace.json").string();
  BOOST_CHECK_THROW(model.fit(data.x, data.y, {.verbose = 0, .profile = file}), FileError);
  BOOST_TEST(all_weights(model) == before, boost::test_tools::per_element());
  model.fit(data.x, data.y, {.verbose = 0});  // and no profiler is left recording
}

BOOST_AUTO_TEST_CASE(steps_follow_the_batches_and_the_last_smaller_one_counts_less) {
  const std::vector<double> x{1, -2, 0.5, 3, -1};
  const std::vector<double> y{2, 1, -1, 0.5, 3};
  Line line;
  double w = 0;
  double b = 0;
  std::vector<double> losses;
  for (int epoch = 0; epoch < 3; ++epoch) {
    double sum = 0;
    for (std::size_t first = 0; first < x.size(); first += 2) {
      const auto last = std::min(first + 2, x.size());
      const std::vector<double> xs(x.begin() + static_cast<std::ptrdiff_t>(first),
                                   x.begin() + static_cast<std::ptrdiff_t>(last));
      const std::vector<double> ys(y.begin() + static_cast<std::ptrdiff_t>(first),
                                   y.begin() + static_cast<std::ptrdiff_t>(last));
      sum += Line::loss(w, b, xs, ys) * static_cast<double>(xs.size());
      line.step(w, b, xs, ys);
    }
    losses.push_back(sum / static_cast<double>(x.size()));
  }
  const xt::xarray<double> xs = xt::adapt(x);
  const xt::xarray<double> ys = xt::adapt(y);
  const auto history = line.model.fit(xs, ys, {.epochs = 3, .batch_size = 2, .shuffle = false, .verbose = 0});
  for (std::size_t epoch = 0; epoch < 3; ++epoch)
    BOOST_CHECK_CLOSE(history.history.at("loss")[epoch], losses[epoch], 1e-3);
  const auto weights = all_weights(line.model);
  BOOST_CHECK_CLOSE(weights[0], w, 1e-3);
  BOOST_CHECK_CLOSE(weights[1], b, 1e-3);
  BOOST_CHECK_CLOSE(line.model.evaluate(xs, ys, {.batch_size = 2, .verbose = 0}).loss(), Line::loss(w, b, x, y), 1e-3);
}

BOOST_AUTO_TEST_CASE(validation_split_takes_the_last_samples_before_shuffling) {
  // The last two of five lie far off: had they been trained on, the losses would be others.
  const std::vector<double> x{1, -2, 0.5, 30, -10};
  const std::vector<double> y{2, 1, -1, 0.5, 3};
  const std::vector<double> x_kept(x.begin(), x.begin() + 3);
  const std::vector<double> y_kept(y.begin(), y.begin() + 3);
  Line line;
  const xt::xarray<double> xs = xt::adapt(x);
  const xt::xarray<double> ys = xt::adapt(y);
  const auto history = line.model.fit(xs, ys, {.batch_size = 5, .validation_split = 0.4, .verbose = 0});
  double w = 0;
  double b = 0;
  BOOST_CHECK_CLOSE(history.history.at("loss")[0], Line::loss(w, b, x_kept, y_kept), 1e-3);
  line.step(w, b, x_kept, y_kept);
  BOOST_CHECK_CLOSE(history.history.at("val_loss")[0], Line::loss(w, b, {30, -10}, {0.5, 3}), 1e-3);
}

BOOST_AUTO_TEST_CASE(validation_split_is_the_fraction_that_was_meant) {
  struct Split {
    double fraction;
    int samples;
    int validation;
  };
  for (const auto& [fraction, samples, validation] :
       {Split{0.8, 10, 8}, Split{0.9, 10, 9}, Split{0.1, 10, 1}, Split{0.9, 1000, 900}, Split{0.07, 100, 7},
        Split{0.25, 10, 3}, Split{0.3, 10, 3}, Split{0.9, 60000, 54000}}) {
    Line line;
    const xt::xarray<double> xs = xt::zeros<double>({samples});
    std::int64_t trained = 0;
    line.model.fit(xs, xs,
                   {.batch_size = 1000000,
                    .validation_split = fraction,
                    .verbose = 0,
                    .callbacks = {{.on_train_begin = [&](const FitParameters& plan) { trained = plan.samples; }}}});
    BOOST_TEST(trained == samples - validation, fraction << " of " << samples << " trains on " << trained);
  }
}

BOOST_AUTO_TEST_CASE(metrics_without_names_get_different_ones) {
  auto model = compiled();
  const auto zero = [](const Tensor& target, const Tensor&) { return sum(target, -1) * 0; };
  const auto one = [](const Tensor& target, const Tensor&) { return sum(target, -1) * 0 + 1; };
  model.compile({.optimizer = "sgd", .loss = "mse", .metrics = {zero, one, "mae", Metric("metric_3", zero), one}});
  const Blobs data(20);
  const auto logs = model.evaluate(data.x, data.y, {.verbose = 0}).logs();
  for (const auto& [name, value] :
       {std::pair("metric", 0.0), std::pair("metric_2", 1.0), std::pair("metric_3", 0.0), std::pair("metric_4", 1.0)}) {
    BOOST_TEST(logs[name] == value, name);
  }
}

BOOST_AUTO_TEST_CASE(validation_data_is_preferred_to_a_split) {
  const Blobs train(40);
  const Blobs test(7, 6, 3, 2);
  auto model = compiled();
  std::int64_t samples = 0;
  std::int64_t validation = 0;
  model.fit(train.x, train.y,
            {.validation_data = {test.x, test.y},
             .validation_split = 0.5,
             .verbose = 0,
             .callbacks = {{.on_train_begin = [&](const FitParameters& parameters) {
               samples = parameters.samples;
               validation = parameters.validation_samples;
             }}}});
  BOOST_TEST(samples == 40);
  BOOST_TEST(validation == 7);
}

BOOST_AUTO_TEST_CASE(arrays_of_other_dtypes_are_converted) {
  const Blobs train(50);
  const auto losses = [&](const ArrayRef& x, const ArrayRef& y) {
    auto model = compiled();
    return model.fit(x, y, {.epochs = 2, .batch_size = 16, .verbose = 0}).history.at("loss");
  };
  const xt::xarray<std::uint8_t> bytes = xt::cast<std::uint8_t>(train.x * 100);
  const auto expected = losses(xt::xarray<float>(xt::cast<float>(bytes)), train.y);
  BOOST_TEST(losses(bytes, train.y) == expected, boost::test_tools::per_element());
  BOOST_TEST(losses(xt::cast<double>(bytes), xt::cast<int>(train.y)) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sparse_labels_train_as_one_hot_rows_do) {
  const Blobs train(100);
  auto rows = compiled();
  auto labels = compiled(RMSprop{.learning_rate = 0.01}, sparse_categorical_crossentropy);
  const FitOptions options{.epochs = 3, .batch_size = 16, .shuffle = false, .verbose = 0};
  const auto of_rows = rows.fit(train.x, train.y, options);
  const auto of_labels = labels.fit(train.x, train.labels, options);
  for (const auto* name : {"loss", "acc"}) {
    for (std::size_t epoch = 0; epoch < 3; ++epoch) {
      BOOST_CHECK_CLOSE(of_rows.history.at(name)[epoch], of_labels.history.at(name)[epoch], 1e-3);
    }
  }
  const auto left = all_weights(rows);
  const auto right = all_weights(labels);
  for (std::size_t index = 0; index < left.size(); ++index) BOOST_CHECK_SMALL(left[index] - right[index], 1e-4);
}

BOOST_AUTO_TEST_CASE(columns_of_labels_will_do) {
  const Blobs train(20);
  auto model = compiled("sgd", sparse_categorical_crossentropy);
  const Array column = Array(train.labels).reshaped({20, 1});
  BOOST_TEST(model.evaluate(train.x, train.labels, {.verbose = 0}).loss() ==
             model.evaluate(train.x, column, {.verbose = 0}).loss());
}

BOOST_AUTO_TEST_CASE(shuffling_changes_the_order_and_the_seed_repeats_it) {
  const Blobs train(64);
  const auto weights = [&](bool shuffle, std::uint64_t seed) {
    auto model = compiled();
    set_random_seed(seed);
    model.fit(train.x, train.y, {.batch_size = 8, .shuffle = shuffle, .verbose = 0});
    return all_weights(model);
  };
  BOOST_TEST(weights(true, 1) == weights(true, 1), boost::test_tools::per_element());
  BOOST_TEST((weights(true, 1) != weights(true, 2)));
  BOOST_TEST((weights(true, 1) != weights(false, 1)));
  BOOST_TEST(weights(false, 1) == weights(false, 2), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(history_has_a_value_for_each_epoch) {
  const Blobs train(30);
  auto model = compiled();
  const auto history = model.fit(train.x, train.y, {.epochs = 5, .verbose = 0, .initial_epoch = 2});
  BOOST_TEST(history.epoch == (std::vector{2, 3, 4}), boost::test_tools::per_element());
  BOOST_TEST(history.seconds.size() == 3);
  BOOST_TEST(history.history.size() == 2);
  BOOST_TEST(history.history.at("loss").size() == 3);
  BOOST_TEST(history.history.at("acc").size() == 3);
  BOOST_TEST(model.fit(train.x, train.y, {.epochs = 0, .verbose = 0}).epoch.empty());
}

BOOST_AUTO_TEST_CASE(callbacks_are_called_in_order_and_can_stop) {
  const Blobs train(20);
  auto model = compiled();
  std::string calls;
  const Callback callback{
      .on_train_begin =
          [&](const FitParameters& parameters) { calls += "begin " + std::to_string(parameters.epochs) + "\n"; },
      .on_epoch_begin = [&](int epoch) { calls += "epoch " + std::to_string(epoch) + "\n"; },
      .on_batch_end =
          [&](std::int64_t batch, const Logs& logs) {
            calls += "batch " + std::to_string(batch) + (logs.contains("val_loss") ? " val" : "") + "\n";
          },
      .on_epoch_end =
          [&](int epoch, const Logs& logs) {
            for (const auto& [name, value] : logs) calls += name + " ";
            calls += "\n";
            if (epoch == 1) model.stop_training();
          },
      .on_train_end = [&] { calls += "end\n"; },
  };
  const FitOptions options{
      .epochs = 9, .batch_size = 8, .validation_split = 0.25, .verbose = 0, .callbacks = {callback}};
  BOOST_TEST(model.fit(train.x, train.y, options).epoch.size() == 2);
  const std::string epoch = "batch 0\nbatch 1\nloss acc val_loss val_acc \n";
  BOOST_TEST(calls == "begin 9\nepoch 0\n" + epoch + "epoch 1\n" + epoch + "end\n");
  calls.clear();
  BOOST_TEST(model.fit(train.x, train.y, {.epochs = 1, .verbose = 0}).epoch.size() == 1);
}

BOOST_AUTO_TEST_CASE(batch_logs_are_means_over_the_samples_so_far) {
  const std::vector<double> y{2, 1, -1};
  Line line;
  line.model.compile({.optimizer = SGD{.learning_rate = 0}, .loss = "mse", .metrics = {"mse"}});
  std::vector<double> seen;
  line.model.fit(xt::xarray<float>{1, 1, 1}, xt::xarray<float>{2, 1, -1},
                 {.batch_size = 2,
                  .shuffle = false,
                  .verbose = 0,
                  .callbacks = {{.on_batch_end = [&](std::int64_t, const Logs& logs) {
                    seen.push_back(logs["loss"]);
                    BOOST_TEST(logs["mean_squared_error"] == logs["loss"]);
                  }}}});
  BOOST_REQUIRE(seen.size() == 2);
  BOOST_CHECK_CLOSE(seen[0], (4 + 1) / 2.0, 1e-4);
  BOOST_CHECK_CLOSE(seen[1], (4 + 1 + 1) / 3.0, 1e-4);
}

BOOST_AUTO_TEST_CASE(training_goes_on_after_another_compile) {
  const Blobs train(60);
  auto model = compiled();
  model.fit(train.x, train.y, {.epochs = 3, .verbose = 0});
  const auto trained = all_weights(model);
  model.compile({.optimizer = SGD{}, .loss = "categorical_crossentropy"});
  BOOST_TEST(all_weights(model) == trained, boost::test_tools::per_element());
  model.fit(train.x, train.y, {.verbose = 0});
  BOOST_TEST((all_weights(model) != trained));
}

BOOST_AUTO_TEST_SUITE_END()
