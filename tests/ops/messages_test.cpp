// What users are told where they go wrong most often.
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cumsum.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/nansum.hpp>
#include <xgrad/ops/prod.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../check_error.hpp"

using namespace xgrad;
using test::check_error;

BOOST_AUTO_TEST_SUITE(messages)

BOOST_AUTO_TEST_CASE(reshape_takes_one_minus_one) {
  const auto x = input({batch, 6}, "x");
  BOOST_TEST(reshape(x, {-1, 2}).shape().to_string() == "(3*batch, 2)");
  BOOST_TEST(reshape(x, {batch, -1}).shape().to_string() == "(batch, 6)");
  BOOST_TEST(reshape(x, {batch, 3, -1}).shape().to_string() == "(batch, 3, 2)");
  BOOST_TEST(reshape(input({6}), {-1}).shape().to_string() == "(6,)");
  check_error<ShapeError>(
      [&] {
        reshape(x, {-1, -1});
      },
      "reshape: expected -1 (infer_dim) once, but got it 2 times in (infer_dim, infer_dim): only one size follows from "
      "the "
      "others");
  check_error<ShapeError>([&] { reshape(x, {-2, 2}); }, "shape: a size must be 0 or more, but got -2");
  check_error<ShapeError>([] { input({-1, 2}); }, "but got -1; a size that is open is a symbol, such as batch");
}

BOOST_AUTO_TEST_CASE(derivatives_with_respect_to_integers) {
  const auto w = parameter(2, "w");
  const auto x = parameter(2.0f, "x");
  check_error<GradientError>([&] { gradients(x * x, {w}); },
                             "gradients: expected the derivative with respect to a floating-point tensor, but got "
                             "parameter 'w' of type int32 (); make it one, for example parameter(2.0f) instead of");
}

BOOST_AUTO_TEST_CASE(what_the_loss_does_not_use) {
  const auto x = parameter(2.0f, "x");
  const auto other = parameter(3.0f, "other");
  BOOST_TEST(eval(gradients(x * x, {other})[0]).item() == 0);
  check_error<GradientError>([&] { gradients(x * x, {other}, Unconnected::error); },
                             "gradients: the loss does not depend on parameter 'other' of type float32 ()");
}

BOOST_AUTO_TEST_CASE(tensors_are_called_what_the_user_called) {
  const auto x = input({3, 2}, "x");
  const auto loss = [&](const Tensor& tensor, const std::string& text) {
    check_error<GradientError>([&] { gradients(tensor, {x}); },
                               "expected the loss to be a floating-point scalar, but got " + text + " of type float32");
  };
  loss(dot(input({4, 3}, "a"), x), "the result of dot");
  loss(dot(input({3}, "v"), x), "the result of dot");
  loss(sum(x, 1), "the result of sum");
  loss(sum(x, 1, true), "the result of sum");
  loss(reshape(x + x, {2, 3}), "the result of add");
  loss(reshape(x, {2, 3}), "the result of reshape");
  loss(x, "input 'x'");
  check_error<StateError>([&] { sum(x, 1).value(); },
                          "Tensor::value: expected a parameter, but this is the result of sum; use eval");
}

BOOST_AUTO_TEST_CASE(numbers_become_the_dtype_of_their_input) {
  const auto x = input({}, "x");
  auto f = compile({x}, {x * 1.0});
  BOOST_TEST(f(0.1)[0].data<float>()[0] == eval(scalar(0.1)).data<float>()[0]);
  BOOST_TEST(f(3)[0].data<float>()[0] == 3.0f);
  BOOST_TEST(f(0.1f)[0].data<float>()[0] == 0.1f);
  const auto n = input({}, "n", DType::int64);
  auto g = compile({n}, {n * 1.0});
  BOOST_TEST(g(7)[0].data<std::int64_t>()[0] == 7);
  BOOST_TEST(g(7.0)[0].data<std::int64_t>()[0] == 7);
  check_error<DTypeError>([&] { g(0.5); }, "Function: input 'n' expected int64, but got float64");
  check_error<DTypeError>([&] { f(Array(0.1)); }, "Function: input 'x' expected float32, but got float64");
}

BOOST_AUTO_TEST_CASE(an_error_in_a_rule_names_the_operator) {
  static const auto op = elementwise<1, FloatingTypes>("my_operator", [](const auto& x) { return x + x; },
                                                       {.vjp = {[](const Vjp& at) {
                                                          return at.cotangent() * constant(xt::xarray<float>{1, 2});
                                                        }}});
  const auto x = input({3}, "x");
  check_error<ShapeError>([&] { gradients(sum(apply(op, {x})), {x}); },
                          "rule of my_operator: multiply: shapes (3,) and (2,)");
}

BOOST_AUTO_TEST_CASE(sums_and_products_of_integers_are_wide) {
  const Array bytes = xt::xarray<std::uint8_t>{200, 200, 200};
  const Array booleans = xt::xarray<bool>{true, true, false};
  const Array integers = xt::xarray<std::int32_t>{2'000'000'000, 2'000'000'000};
  const auto check = [](const Tensor& result, std::int64_t expected) {
    const Array value = eval(result);
    BOOST_TEST(to_string(value.dtype()) == "int64");
    BOOST_TEST(value.data<std::int64_t>()[value.size() - 1] == expected);
  };
  check(sum(constant(bytes)), 600);
  check(sum(constant(booleans)), 2);
  check(sum(constant(integers)), 4'000'000'000);
  check(nansum(constant(bytes)), 600);
  check(prod(constant(bytes)), 8'000'000);
  check(prod(constant(booleans)), 0);
  check(cumsum(constant(bytes), 0), 600);
  check(cumprod(constant(bytes), 0), 8'000'000);
  BOOST_TEST(to_string(sum(constant(1.0f)).dtype()) == "float32");
}

BOOST_AUTO_TEST_SUITE_END()
