#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "blobs.hpp"

using namespace xgrad;
using test::Blobs;
using test::check_error;

namespace {

History train() {
  const Blobs data(40);
  Sequential model{Dense{.units = 3, .activation = softmax, .input_shape = {6}}};
  model.compile({.optimizer = SGD{}, .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  return model.fit(data.x, data.y, {.epochs = 3, .validation_split = 0.25, .verbose = 0});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(history)

BOOST_AUTO_TEST_CASE(accuracy_is_found_under_both_names) {
  const auto history = train();
  BOOST_TEST(history.history["accuracy"].size() == 3u);
  BOOST_TEST((history.history["accuracy"] == history.history["acc"]));
  BOOST_TEST((history.history["val_accuracy"] == history.history.at("val_acc")));
  BOOST_TEST(history.history.contains("accuracy"));
  BOOST_TEST(!history.history.contains("mse"));
  BOOST_TEST(history.history.size() == 4u);
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_refused_with_those_there_are) {
  const auto history = train();
  check_error<ValueError>([&] { history.history["mae"]; },
                          "history: no values are called 'mae'; there are acc, loss, val_acc, val_loss");
  check_error<ValueError>([&] { history.history.at("val_mae"); }, "no values are called 'val_mae'");
  check_error<ValueError>([&] { History().history["loss"]; }, "no values are called 'loss'; there are none");
}

BOOST_AUTO_TEST_CASE(values_of_a_temporary_are_owned) {
  const auto& losses = train().history["loss"];
  BOOST_TEST(losses.size() == 3u);
  for (const double loss : losses) BOOST_TEST(loss > 0);
}

BOOST_AUTO_TEST_CASE(options_that_are_kept_own_the_temporaries_in_them) {
  const Blobs data(64);
  const auto twice = [](const xt::xarray<float>& array) { return Array(array * 2); };
  const FitOptions kept{.validation_data = {twice(data.x), twice(data.y)}, .verbose = 0};
  for (int i = 0; i < 4; ++i) Array::zeros(DType::float32, {64, 6});  // where the temporaries were
  const Array x = twice(data.x);
  const Array y = twice(data.y);
  std::vector<double> losses;
  for (const FitOptions& options : {kept, FitOptions{.validation_data = {x, y}, .verbose = 0}}) {
    Sequential model{Dense{.units = 3, .kernel_initializer = "ones", .input_shape = {6}}};
    model.compile({.optimizer = SGD{}, .loss = "mse"});
    FitOptions in_order = options;
    in_order.shuffle = false;
    losses.push_back(model.fit(data.x, data.y, in_order).history["val_loss"].back());
  }
  BOOST_TEST(losses[0] == losses[1]);
}

BOOST_AUTO_TEST_CASE(logs_take_both_names_as_well) {
  Logs logs;
  logs.set("acc", 0.5);
  logs.set("val_accuracy", 0.25);
  BOOST_TEST(logs["accuracy"] == 0.5);
  BOOST_TEST(logs["val_acc"] == 0.25);
  BOOST_TEST(logs.contains("accuracy"));
  BOOST_TEST(logs.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
