#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/ops/relu.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "../elements.hpp"
#include <algorithm>

using namespace xgrad;
using test::check_error;
using test::elements;

namespace {

Tensor call(const Dense& dense, const Tensor& x) {
  LayerState state{.name = "dense_1"};
  LayerContext context(state, {});
  return dense.call(x, context);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dense)

BOOST_AUTO_TEST_CASE(values_are_those_of_plain_loops) {
  const auto x = sample_values({2, 3, 4}, -1, 1, 0).cast(DType::float32);
  const auto kernel = sample_values({4, 5}, -1, 1, 1).cast(DType::float32);
  const Dense layer{.units = 5,
                    .activation = relu,
                    .kernel_initializer = [&](const Shape&, std::uint64_t) { return kernel; },
                    .bias_initializer = 0.25};
  const auto y = elements(eval(call(layer, constant(x))));
  const auto xs = elements(x);
  const auto ks = elements(kernel);
  BOOST_REQUIRE(y.size() == 2 * 3 * 5);
  for (std::size_t row = 0; row < 6; ++row) {
    for (std::size_t unit = 0; unit < 5; ++unit) {
      double sum = 0.25;
      for (std::size_t feature = 0; feature < 4; ++feature) sum += xs[row * 4 + feature] * ks[feature * 5 + unit];
      BOOST_CHECK_SMALL(y[row * 5 + unit] - std::max(sum, 0.0), 1e-6);
    }
  }
}

BOOST_AUTO_TEST_CASE(defaults_are_those_of_keras) {
  LayerState state{.name = "dense_1"};
  LayerContext context(state, {});
  set_random_seed(3);
  Dense{.units = 7}.call(input({batch, 5}), context);
  set_random_seed(3);
  BOOST_TEST(elements(state.weights[0].tensor.value()) == elements(glorot_uniform({5, 7})),
             boost::test_tools::per_element());
  BOOST_TEST(elements(state.weights[1].tensor.value()) == std::vector<double>(7), boost::test_tools::per_element());
  BOOST_TEST(state.weights[0].tensor.name() == "dense_1/kernel");
  BOOST_TEST(state.weights[1].tensor.name() == "dense_1/bias");
}

BOOST_AUTO_TEST_CASE(mistakes_are_named) {
  check_error<ValueError>(
      [] {
        call(Dense{.units = 0}, input({batch, 3}));
      },
      "dense_1: expected 1 unit or more, but got 0");
  check_error<ShapeError>(
      [] { call(Dense{.units = 2}, input({batch})); },
      "dense_1: expected an input of 2 dimensions or more, (batch, features), but got shape (batch,)");
  check_error<ShapeError>(
      [] {
        call(Dense{.units = 2}, input({3, batch}));
      },
      "dense_1: expected a known number of features on the last axis, but got shape (3, batch)");
  check_error<ValueError>(
      [] { return Dense{.units = 2, .activation = "rellu"}; },
      "activation: unknown name 'rellu'; expected one of celu, elu, exponential, gelu, hard_sigmoid, hard_swish, "
      "linear, log_sigmoid, log_softmax, mish, relu, relu6, selu, sigmoid, silu, "
      "softmax, softplus, softsign, swish, tanh");
  check_error<ShapeError>(
      [] {
        LayerState state{.name = "dense_1"};
        LayerContext context(state, {});
        Dense{.units = 2}.call(input({batch, 3}), context);
        Dense{.units = 2}.call(input({batch, 4}), context);
      },
      "dense_1: its weight kernel has shape (3, 2), but this input asks for (4, 2)");
}

BOOST_AUTO_TEST_SUITE_END()
