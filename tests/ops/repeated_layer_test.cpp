// The gradient of a weight matrix that is used many times, as in each step of a recurrent network: one product.

#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "derivatives.hpp"
#include <algorithm>
#include <string_view>
#include <vector>

using namespace xgrad;
using test::elements;

namespace {

constexpr std::int64_t rows = 3;

/// A state that goes through one matrix `steps` times.
Tensor repeated(const Tensor& state, const Tensor& weights, int steps) {
  auto result = state;
  for (int step = 0; step < steps; ++step) result = tanh(matmul(result, weights));
  return sum(result * result);
}

std::size_t products(const Tensor& tensor) {
  const auto nodes = nodes_below(std::span(&tensor, 1));
  return static_cast<std::size_t>(
      std::count_if(nodes.begin(), nodes.end(), [](const auto& node) { return node->op().name() == "dot"; }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repeated_layer)

BOOST_AUTO_TEST_CASE(makes_one_product_of_the_gradients_of_many_steps) {
  const auto weights = parameter(sample_values({4, 4}).cast(DType::float32), "weights");
  for (const auto& state : {input({rows, 4}), input({batch, 4})}) {
    const auto steps = 9;
    const auto gradient = gradients(repeated(state, weights, steps), {weights})[0];
    // Each step forward, each but the first back to the state before it, and the gradient of the weights.
    BOOST_TEST(products(gradient) == static_cast<std::size_t>(steps + steps - 1 + 1));
  }
}

BOOST_AUTO_TEST_CASE(leaves_few_products_and_long_ones_alone) {
  const auto weights = parameter(sample_values({4, 4}).cast(DType::float32), "weights");
  const auto few = gradients(repeated(input({rows, 4}), weights, 7), {weights})[0];
  BOOST_TEST(products(few) == std::size_t{7 + 6 + 7});
  const auto lengthy = gradients(repeated(input({100, 4}), weights, 9), {weights})[0];
  BOOST_TEST(products(lengthy) == std::size_t{9 + 8 + 9});
}

BOOST_AUTO_TEST_CASE(gives_the_gradients_of_the_steps) {
  for (int steps : {8, 12}) {
    BOOST_CHECK_NO_THROW(check_gradients(
        [=](std::span<const Tensor> x) { return repeated(x[0], x[1], steps); },
        {sample_values({rows, 4}, -1, 1).cast(DType::float64), sample_values({4, 4}, -1, 1, 1).cast(DType::float64)}));
  }
}

BOOST_AUTO_TEST_CASE(joins_products_of_one_shape_only) {
  const auto weights = parameter(sample_values({4, 4}).cast(DType::float64), "weights");
  const auto loss = [&](std::int64_t count, int steps) {
    return repeated(constant(sample_values({count, 4}).cast(DType::float64)), weights, steps);
  };
  const auto together = elements(eval(gradients(loss(2, 8) + loss(3, 8), {weights})[0]));
  const auto first = elements(eval(gradients(loss(2, 8), {weights})[0]));
  const auto second = elements(eval(gradients(loss(3, 8), {weights})[0]));
  BOOST_TEST_REQUIRE(together.size() == 16U);
  for (std::size_t i = 0; i < together.size(); ++i) {
    BOOST_TEST(together[i] == first[i] + second[i], boost::test_tools::tolerance(1e-12));
  }
}

BOOST_AUTO_TEST_SUITE_END()
