#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/hessian_vector_product.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/binding.hpp>
#include <xgrad/framework/runtime/plan.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/argmax.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/softplus.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/tanh.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <cmath>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

Tensor number(double value) { return parameter(Array(value)); }

/// Its rule is linear in the cotangent, but not in form.
class Roundabout final : public Op {
 public:
  std::string_view name() const override { return "roundabout"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& at) const override { *at.outputs[0].as<double>() = *at.inputs[0].as<double>(); }
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto& c = at.cotangent();
    return c + (c * c - stop_gradient(c * c));
  }
};

/// What `outputs` cost once compiled, for a batch of 64, as the runtime counts: in additions.
double cost(const std::vector<Tensor>& inputs, const std::vector<Tensor>& outputs) {
  const auto plan = make_plan(lower(inputs, outputs, {}));
  Bindings sizes;
  sizes.bind(batch, 64);
  std::vector<Extents> shapes;
  for (const auto& each : inputs) shapes.push_back(each.shape().extents(sizes));
  const Binding binding(plan, std::move(shapes), sizes);
  double total = 0;
  for (std::size_t level = 0; level < plan.levels.size(); ++level) {
    for (std::size_t phase = 0; phase < plan.levels[level].size(); ++phase) total += binding.cut(level, phase).cost;
  }
  return total;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forward_mode)

BOOST_AUTO_TEST_CASE(is_the_derivative_along_the_tangents) {
  const Tensor x = number(3);
  const Tensor y = number(0.5);
  const auto tangents = jvp({x * x * y, exp(y), x}, {x, y}, {number(2), number(10)});
  BOOST_TEST(eval(tangents[0]).item() == 2 * 3 * 0.5 * 2 + 9 * 10);
  BOOST_TEST(eval(tangents[1]).item() == std::exp(0.5) * 10, boost::test_tools::tolerance(1e-15));
  BOOST_TEST(eval(tangents[2]).item() == 2);
}

BOOST_AUTO_TEST_CASE(of_what_does_not_depend_on_x_is_zero) {
  const Tensor x = number(3);
  const Tensor other = parameter(xt::xarray<double>{1, 2});
  const auto tangents = jvp({other, stop_gradient(x)}, {x}, {number(1)});
  BOOST_TEST((tangents[0].shape() == Shape{2}));
  BOOST_TEST(eval(sum(tangents[0])).item() == 0);
  BOOST_TEST(eval(tangents[1]).item() == 0);
}

BOOST_AUTO_TEST_CASE(keeps_symbols_and_needs_no_other_leaf) {
  const Tensor x = input({batch, 3}, "x");
  const Tensor v = input({batch, 3}, "v");
  const Tensor w = parameter(sample_values({3, 2}).cast(DType::float32));
  const auto tangent = jvp({tanh(dot(x, w))}, {x}, {v});
  BOOST_TEST((tangent[0].shape() == Shape{batch, 2}));
  BOOST_CHECK_NO_THROW(compile({x, v}, tangent));
}

BOOST_AUTO_TEST_CASE(takes_seeds_out_of_rules_that_are_linear_in_fact_only) {
  const Tensor x = number(3);
  const auto y = apply(std::make_shared<const Roundabout>(), {x});
  BOOST_TEST(eval(jvp({y}, {x}, {number(7)})[0]).item() == 7);
}

BOOST_AUTO_TEST_CASE(is_differentiable_itself) {
  check_gradients(
      [](auto x) {
        return jvp({tanh(x[0]) * x[1]}, {x[0], x[1]}, {x[1], x[0]})[0];
      },
      {sample_values({2, 3}), sample_values({2, 3}, -1, 1, 1)});
}

BOOST_AUTO_TEST_CASE(costs_at_most_three_times_the_function) {
  const Tensor x = input({batch, 40}, "x");
  const Tensor w1 = input({40, 50}, "w1");
  const Tensor w2 = input({50, 30}, "w2");
  const Tensor b = input({50}, "b");
  const std::vector<Tensor> xs{x, w1, w2, b};
  std::vector<Tensor> all = xs;
  std::vector<Tensor> tangents;
  for (const auto& each : xs) tangents.push_back(input(each.shape()));
  all.insert(all.end(), tangents.begin(), tangents.end());
  const Tensor hidden = tanh(dot(x, w1) + b);
  for (const auto& y : {dot(softplus(hidden) / (1 + square(hidden)), w2), exp(dot(hidden, w2)), hidden * hidden}) {
    const double function = cost(xs, {y});
    const double along_all = cost(all, jvp({&y, 1}, xs, tangents)) / function;
    BOOST_TEST_MESSAGE("forward mode along " << xs.size() << " tangents costs " << along_all << " times the function");
    BOOST_TEST(along_all <= 3);
    const double along_x = cost(all, {y, jvp({y}, {x}, {tangents[0]})[0]}) / function;
    BOOST_TEST_MESSAGE("along one, with the value, " << along_x << " times");
    BOOST_TEST(along_x <= 2.2);
  }
}

BOOST_AUTO_TEST_CASE(names_what_does_not_fit) {
  const Tensor x = input({3}, "x");
  check_error<GradientError>([&] { jvp({x}, {x}, {}); }, "jvp: expected a tangent for each of 1 x(s), but got 0");
  check_error<GradientError>([&] { jvp({x}, {x}, {input({2})}); },
                             "jvp: expected a tangent of type float32 (3,) for x 0, but got float32 (2,)");
  check_error<GradientError>([&] { jvp({argmax(x)}, {x}, {x}); }, "expected floating-point outputs");
}

BOOST_AUTO_TEST_CASE(over_the_gradient_is_the_hessian_times_a_vector) {
  const Tensor x = parameter(xt::xarray<double>{1, 2});
  const Tensor y = number(3);
  const Tensor loss = sum(x * x * x) * y;
  const auto products = hessian_vector_product(loss, {x, y}, {constant(xt::xarray<double>{10, 100}), number(1)});
  // The second derivatives are 6 x y, 3 x^2 and 0.
  BOOST_TEST(eval(products[0]).view<double>() == (xt::xarray<double>{6 * 1 * 3 * 10 + 3, 6 * 2 * 3 * 100 + 12}));
  BOOST_TEST(eval(products[1]).item() == 3 * 1 * 10 + 3 * 4 * 100);
}

BOOST_AUTO_TEST_SUITE_END()
