#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dropout.hpp>
#include <xgrad/models/random_seed.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "../elements.hpp"
#include <cmath>

using namespace xgrad;
using test::check_error;
using test::elements;

namespace {

/// Dropout of ones in training, one array for each step.
class Steps {
 public:
  Steps(const Dropout& dropout, const Shape& shape)
      : state_{.name = "dropout_1"}, function_(make(dropout, shape, state_)) {}

  std::vector<double> operator()() { return elements(function_(std::span<const ArrayRef>()).front()); }

 private:
  static Function make(const Dropout& dropout, const Shape& shape, LayerState& state) {
    LayerContext context(state, {.training = true});
    Array ones(DType::float32, shape.extents());
    for (auto& element : ones.data<float>()) element = 1;
    const auto y = dropout.call(constant(ones), context);
    return compile({}, {y}, context.updates());
  }

  LayerState state_;
  Function function_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(dropout)

BOOST_AUTO_TEST_CASE(the_mean_stays_and_the_rate_is_dropped) {
  Steps steps({.rate = 0.3, .seed = 1}, {200, 500});
  double sum = 0;
  double dropped = 0;
  for (const double value : steps()) {
    BOOST_REQUIRE((value == 0 || std::abs(value - 1 / 0.7) < 1e-6));
    sum += value;
    dropped += value == 0;
  }
  BOOST_TEST(std::abs(sum / 100000 - 1) < 4 * std::sqrt(0.3 / 0.7 / 100000));
  BOOST_TEST(std::abs(dropped / 100000 - 0.3) < 4 * std::sqrt(0.21 / 100000));
}

BOOST_AUTO_TEST_CASE(each_step_drops_others_and_each_training_the_same) {
  Steps once({.rate = 0.5, .seed = 1}, {20, 30});
  Steps again({.rate = 0.5, .seed = 1}, {20, 30});
  Steps other({.rate = 0.5, .seed = 2}, {20, 30});
  const auto first = once();
  const auto second = once();
  BOOST_TEST((first != second));
  BOOST_TEST(first == again(), boost::test_tools::per_element());
  BOOST_TEST(second == again(), boost::test_tools::per_element());
  BOOST_TEST((first != other()));
}

BOOST_AUTO_TEST_CASE(layers_without_a_seed_differ) {
  set_random_seed(1);
  Steps one({.rate = 0.5}, {20, 30});
  Steps two({.rate = 0.5}, {20, 30});
  const auto first = one();
  BOOST_TEST((first != two()));
  set_random_seed(1);
  Steps same({.rate = 0.5}, {20, 30});
  BOOST_TEST(first == same(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(inference_changes_nothing) {
  LayerState state{.name = "dropout_1"};
  LayerContext context(state, {.training = false});
  const auto x = input({batch, 3});
  BOOST_TEST((Dropout{.rate = 0.9}.call(x, context) == x));
  BOOST_TEST(context.updates().empty());
}

BOOST_AUTO_TEST_CASE(gradients_are_dropped_where_values_are) {
  LayerState state{.name = "dropout_1"};
  LayerContext context(state, {.training = true});
  Array ones(DType::float32, {4, 25});
  for (auto& element : ones.data<float>()) element = 1;
  const auto x = parameter(std::move(ones));
  const auto y = Dropout{.rate = 0.4, .seed = 3}.call(x, context);
  const auto results = compile({}, {y, gradients(sum(y), {x}).front()})(std::span<const ArrayRef>());
  BOOST_TEST(elements(results[0]) == elements(results[1]), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rates_out_of_range_are_refused) {
  LayerState state{.name = "dropout_1"};
  LayerContext context(state, {});
  for (const double rate : {-0.1, 1.0, std::nan("")}) {
    check_error<ValueError>(
        [&] {
          Dropout{.rate = rate}.call(input({batch, 3}), context);
        },
        "dropout_1: expected a rate of 0 or more and below 1, but got");
  }
}

BOOST_AUTO_TEST_SUITE_END()
