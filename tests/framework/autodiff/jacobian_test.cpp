#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/hessian.hpp>
#include <xgrad/framework/autodiff/jacobian.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/tanh.hpp>
#include <xgrad/ops/transpose.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"

using namespace xgrad;
using test::check_error;

namespace {

xt::xarray<double> values(const Tensor& tensor) { return eval(tensor); }

}  // namespace

BOOST_AUTO_TEST_SUITE(jacobians)

// One shape by rows and one by columns.
BOOST_AUTO_TEST_CASE(have_the_axes_of_the_output_then_those_of_x) {
  const xt::xarray<double> matrix{{1, 2, 3}, {4, 5, 6}};
  const Tensor m = constant(matrix);
  const Tensor x = parameter(xt::xarray<double>{1, 1, 1});
  BOOST_TEST(values(jacobian(dot(m, x), x)) == matrix);
  const Tensor y = parameter(xt::xarray<double>{1, 1});
  BOOST_TEST(values(jacobian(dot(transpose(m), y), y)) == xt::xarray<double>(xt::transpose(matrix)));
  const Tensor rows = jacobian(dot(parameter(sample_values({2, 3})), transpose(m)), m);
  BOOST_TEST((rows.shape() == Shape{2, 2, 2, 3}));
  BOOST_TEST((jacobian(sum(x), x).shape() == Shape{3}));
  BOOST_TEST((jacobian(sum(x) * x, sum(x)).shape() == Shape{3}));
}

// The larger output is differentiated by columns, the smaller by rows.
BOOST_AUTO_TEST_CASE(times_a_vector_are_what_forward_mode_gives) {
  const Tensor x = parameter(sample_values({3}));
  const Tensor v = parameter(sample_values({3}, -1, 1, 1));
  for (std::int64_t size : {2, 4}) {
    const Tensor y = tanh(dot(x, parameter(sample_values({3, size}))));
    const auto product = values(dot(jacobian(y, x), v));
    const auto expected = values(jvp({y}, {x}, {v})[0]);
    BOOST_TEST(xt::amax(xt::abs(product - expected))() < 1e-15);
  }
}

BOOST_AUTO_TEST_CASE(may_have_one_side_of_unknown_size) {
  const Tensor x = input({batch, 2}, "x", DType::float64);
  const Tensor w = parameter(xt::xarray<double>{{1, 2, 3}, {4, 5, 6}});
  const Array three = xt::xarray<double>{{1, 0}, {0, 1}, {1, 1}};
  const Tensor by_rows = jacobian(sum(dot(x, w), 0), x);
  BOOST_TEST((by_rows.shape() == Shape{3, batch, 2}));
  const xt::xarray<double> first = compile({x}, {by_rows})(three)[0];
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t sample = 0; sample < 3; ++sample) BOOST_TEST(first(row, sample, 1) == 4.0 + row);
  }
  const Tensor by_columns = jacobian(dot(x, w), w);
  BOOST_TEST((by_columns.shape() == Shape{batch, 3, 2, 3}));
  const xt::xarray<double> second = compile({x}, {by_columns})(three)[0];
  BOOST_TEST(second(2, 1, 0, 1) == 1);
  BOOST_TEST(second(2, 1, 0, 2) == 0);
  BOOST_TEST(second(0, 1, 1, 1) == 0);
}

BOOST_AUTO_TEST_CASE(of_nothing_are_empty) {
  const Tensor x = parameter(sample_values({0}));
  const Tensor y = parameter(sample_values({2}));
  BOOST_TEST((eval(jacobian(exp(x), y)).shape() == Extents{0, 2}));
  BOOST_TEST((eval(jacobian(exp(y), x)).shape() == Extents{2, 0}));
}

BOOST_AUTO_TEST_CASE(are_differentiable_themselves) {
  const auto function = [](const Tensor& x, const Tensor& w) { return tanh(dot(x, w)); };
  check_gradients([&](auto x) { return jacobian(function(x[0], x[1]), x[0]); },
                  {sample_values({2}), sample_values({2, 3})});
  check_gradients([&](auto x) { return jacobian(function(x[0], x[1]), x[0]); },
                  {sample_values({3}), sample_values({3, 2})});
}

BOOST_AUTO_TEST_CASE(of_the_gradient_are_the_hessian) {
  const Tensor x = parameter(xt::xarray<double>{{1, 2}});
  const Tensor cubes = hessian(sum(x * x * x) + sum(x) * sum(x), x);
  BOOST_TEST(values(cubes) == (xt::xarray<double>{{{{8, 2}}, {{2, 14}}}}));
  BOOST_TEST(eval(hessian(exp(parameter(Array(0.0))), parameter(Array(0.0)))).item() == 0);
}

BOOST_AUTO_TEST_CASE(refuse_two_unknown_sizes) {
  const Tensor x = input({batch, 2}, "x");
  check_error<ShapeError>([&] { jacobian(exp(x), x); },
                          "jacobian: expected the output or x to have known sizes, but got shapes (batch, 2) and "
                          "(batch, 2); replace a symbol such as batch by a number");
  check_error<GradientError>([&] { hessian(x, x); }, "expected the loss to be a floating-point scalar");
}

BOOST_AUTO_TEST_SUITE_END()
