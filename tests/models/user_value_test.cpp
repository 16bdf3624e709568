#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/training/sequential.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

using namespace xgrad;

namespace {

/// A model that is built by a class of its own.
class Classifier : public Sequential {
 public:
  using Sequential::Sequential;
};

}  // namespace

// What is refused, and in which words, is in tests/compile_errors.
BOOST_AUTO_TEST_SUITE(user_values)

BOOST_AUTO_TEST_CASE(what_holds_layers_losses_metrics_and_optimizers_is_copied_and_moved) {
  const std::vector<Metric> metrics{"mae", "mse"};
  const std::vector<Metric> same_metrics{metrics};
  BOOST_TEST(same_metrics.size() == 2u);
  const CompileOptions options{.optimizer = "adam", .loss = "mse", .metrics = {metrics}};
  BOOST_TEST(options.metrics.size() == 2u);
  const std::vector<Metric> part{metrics.begin() + 1, metrics.end()};
  BOOST_TEST(part.size() == 1u);

  const std::vector<Layer> layers{Dense{.units = 1, .input_shape = {1}}, Dense{.units = 2}};
  const std::vector<Layer> same_layers{layers};
  BOOST_TEST(same_layers.size() == 2u);
  const std::optional<Layer> layer = std::optional<Dense>(Dense{.units = 3});
  const std::optional<Layer> same_layer{layer};
  BOOST_TEST(same_layer->kind() == "Dense");
  const std::optional<Loss> loss{"mse"};
  const std::optional<Loss> same_loss{loss};
  BOOST_TEST(same_loss->name() == "mean_squared_error");

  Sequential model{layers[0], layers[1]};
  const Sequential moved{std::move(model)};
  BOOST_TEST(moved.weights().size() == 4u);
  Classifier classifier{layers[0]};
  const Classifier moved_classifier{std::move(classifier)};
  BOOST_TEST(moved_classifier.weights().size() == 2u);
}

BOOST_AUTO_TEST_CASE(numbers_are_none_of_them) {
  BOOST_TEST(!(std::is_convertible_v<int, Layer>));
  BOOST_TEST(!(std::is_convertible_v<double, Loss>));
  BOOST_TEST(!(std::is_convertible_v<double, Metric>));
  BOOST_TEST(!(std::is_convertible_v<double, Optimizer>));
  BOOST_TEST(!(std::is_convertible_v<std::vector<Layer>, Layer>));
  BOOST_TEST(!(std::is_convertible_v<std::optional<Loss>, Loss>));
}

BOOST_AUTO_TEST_SUITE_END()
