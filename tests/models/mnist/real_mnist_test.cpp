#include "../data/real_mnist.hpp"

#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/random_seed.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/models/training/to_categorical.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>

using namespace xgrad;

namespace {

/// MNIST as rows, and the model of the tutorial on it.
struct Tutorial {
  Array x_train;
  Array x_test;
  xt::xarray<float> y_train;
  xt::xarray<float> y_test;

  Tutorial(const ImageDataset& data, float scale)
      : x_train(rows(data.train.images, scale)),
        x_test(rows(data.test.images, scale)),
        y_train(to_categorical(data.train.labels)),
        y_test(to_categorical(data.test.labels)) {}

  static Array rows(const xt::xarray<std::uint8_t>& images, float scale) {
    return Array(xt::cast<float>(images) / scale).reshaped({static_cast<std::int64_t>(images.shape(0)), 784});
  }

  struct Run {
    double train_accuracy;
    double validation_loss;
    double test_loss;
    double test_accuracy;
  };
  Run run(std::uint64_t seed, int epochs, std::int64_t batch_size) const {
    set_random_seed(seed);
    Sequential model{Dense{.units = 32, .activation = relu, .input_shape = {784}},
                     Dense{.units = 10, .activation = softmax}};
    model.compile({.optimizer = RMSprop{}, .loss = categorical_crossentropy, .metrics = {"accuracy"}});
    const auto history =
        model.fit(x_train, y_train,
                  {.epochs = epochs, .batch_size = batch_size, .validation_data = {x_test, y_test}, .verbose = 0});
    const auto [loss, accuracy] = model.evaluate(x_test, y_test, {.verbose = 0});
    return {history.history.at("acc").back(), history.history.at("val_loss").back(), loss, accuracy};
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(real_mnist)

BOOST_AUTO_TEST_CASE(normalised_images_are_learned) {
  const auto folder = test::real_mnist();
  if (!folder) return;
  const Tutorial tutorial(mnist(*folder), 255);
  for (const std::uint64_t seed : {1, 2, 3}) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      const auto run = tutorial.run(seed, 5, 128);
      BOOST_TEST(run.test_accuracy >= 0.945);
      BOOST_TEST(std::abs(run.validation_loss - run.test_loss) <= 1e-6);
    }
  }
  BOOST_TEST(tutorial.run(1, 2, 10).test_accuracy >= 0.93);
}

BOOST_AUTO_TEST_CASE(raw_images_are_learned_less_well) {
  const auto folder = test::real_mnist();
  if (!folder) return;
  const Tutorial tutorial(mnist(*folder), 1);
  BOOST_TEST(tutorial.run(1, 2, 10).train_accuracy >= 0.62);
  BOOST_TEST(tutorial.run(1, 5, 128).train_accuracy >= 0.83);
}

BOOST_AUTO_TEST_SUITE_END()
