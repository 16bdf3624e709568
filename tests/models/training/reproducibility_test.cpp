#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/dropout.hpp>
#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/random_seed.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include "blobs.hpp"
#include <cstddef>
#include <functional>
#include <vector>

using namespace xgrad;
using test::Blobs;

namespace {

/// The bytes of all weights after a training on `count` threads.
std::vector<std::byte> trained_bytes(int count, const std::function<Sequential()>& make, const Optimizer& optimizer) {
  static const Blobs data(1000, 50, 10);
  set_threads(count);
  set_random_seed(1);
  auto model = make();
  model.compile({.optimizer = optimizer, .loss = categorical_crossentropy, .metrics = {"accuracy"}});
  model.fit(data.x, data.y, {.epochs = 2, .batch_size = 150, .validation_split = 0.1, .verbose = 0});
  std::vector<std::byte> bytes;
  for (const auto& weight : model.weights()) {
    const auto part = weight.value().bytes();
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  set_threads(0);
  return bytes;
}

void check_threads(const std::function<Sequential()>& make, const Optimizer& optimizer) {
  const auto expected = trained_bytes(1, make, optimizer);
  BOOST_TEST(expected.size() > 1000);
  for (const int count : {1, 2, 3, 8}) {
    BOOST_TEST_CONTEXT(count << " threads") { BOOST_TEST((trained_bytes(count, make, optimizer) == expected)); }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reproducibility)

BOOST_AUTO_TEST_CASE(trained_weights_are_the_same_bytes_on_any_number_of_threads) {
  check_threads(
      [] {
        return Sequential{Dense{.units = 33, .activation = relu, .input_shape = {50}},
                          Dense{.units = 10, .activation = softmax}};
      },
      RMSprop{});
}

BOOST_AUTO_TEST_CASE(with_dropout_too) {
  check_threads(
      [] {
        return Sequential{Dropout{.rate = 0.2, .input_shape = {50}}, Dense{.units = 64, .activation = relu},
                          Dropout{.rate = 0.5}, Dense{.units = 10, .activation = softmax}};
      },
      Adam{});
}

BOOST_AUTO_TEST_SUITE_END()
