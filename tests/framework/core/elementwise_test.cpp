#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <cstddef>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

const auto difference = elementwise<2, NumericTypes>(FormulaOptions{
    .name = "difference",
    .formula = [](const auto& x, const auto& y) { return x - y; },
    .vjp = {[](const Vjp& at) { return at.cotangent(); }, [](const Vjp&) { return std::nullopt; }},
    .cost = 3,
});

const auto half = elementwise<1, FloatingTypes>(FormulaOptions{
    .name = "half",
    .formula = [](const auto& x) { return x * number(x, 0.5); },
});

const auto above = predicate<2, NumericTypes>(FormulaOptions{
    .name = "above",
    .formula = [](const auto& x, const auto& y) { return x > y; },
});

const auto either = elementwise<2, DTypes<bool>>(FormulaOptions{
    .name = "either",
    .formula = [](const auto& x, const auto& y) { return x || y; },
});

/// Runs the kernel of a formula on vectors of one length.
template <class Output, class Input>
std::vector<Output> run(const Formula& formula, const std::vector<std::vector<Input>>& inputs) {
  std::vector<Array> arrays;
  for (const auto& input : inputs) {
    arrays.emplace_back(dtype_of<Input>, Extents{static_cast<std::int64_t>(input.size())});
    std::copy(input.begin(), input.end(), arrays.back().data<Input>().begin());
  }
  std::vector<const std::byte*> addresses;
  for (const auto& array : arrays) addresses.push_back(std::as_const(array).bytes().data());
  Array result(dtype_of<Output>, arrays[0].shape());
  const std::vector<DType> dtypes(inputs.size(), dtype_of<Input>);
  formula.kernel(dtypes)(addresses.data(), result.bytes().data(), inputs[0].size());
  const auto elements = result.data<Output>();
  return {elements.begin(), elements.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(formulas)

BOOST_AUTO_TEST_CASE(types_follow_from_broadcasting) {
  const auto x = input({batch, 3}, {}, DType::int32);
  BOOST_TEST(apply(difference, {x, input({3}, {}, DType::int32)}).type().to_string() == "int32 (batch, 3)");
  BOOST_TEST(apply(above, {x, x}).type().to_string() == "bool (batch, 3)");
  BOOST_TEST(apply(half, {input({}, {}, DType::float64)}).type().to_string() == "float64 ()");
  BOOST_TEST(difference->cost({}) == 3);
}

BOOST_AUTO_TEST_CASE(kernels_evaluate_the_formula_in_every_dtype) {
  BOOST_TEST((run<float, float>(*difference, {{1.5f, 2}, {1, 5}}) == std::vector<float>{0.5f, -3}));
  BOOST_TEST((run<double, double>(*difference, {{1.5, 2}, {1, 5}}) == std::vector<double>{0.5, -3}));
  BOOST_TEST((run<std::int64_t, std::int64_t>(*difference, {{7, 2}, {1, 5}}) == std::vector<std::int64_t>{6, -3}));
  BOOST_TEST((run<std::uint8_t, std::uint8_t>(*difference, {{7, 2}, {1, 5}}) == std::vector<std::uint8_t>{6, 253}));
  BOOST_TEST((run<bool, std::int32_t>(*above, {{7, 2}, {1, 5}}) == std::vector<bool>{true, false}));
  BOOST_TEST((run<bool, bool>(*either, {{true, false}, {false, false}}) == std::vector<bool>{true, false}));
  BOOST_TEST((run<double, double>(*half, {{3}}) == std::vector<double>{1.5}));
}

BOOST_AUTO_TEST_CASE(kernels_take_any_count) {
  for (std::size_t count : {0, 1, 7, 64, 1001}) {
    std::vector<float> x(count);
    std::vector<float> expected(count);
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = static_cast<float>(i);
      expected[i] = x[i] * 0.5f;
    }
    BOOST_TEST((run<float, float>(*half, {x}) == expected));
  }
}

BOOST_AUTO_TEST_CASE(mixed_dtypes_are_errors_that_name_both_casts) {
  check_error<DTypeError>(
      [] {
        apply(difference, {input({3}), input({3}, {}, DType::float64)});
      },
      "difference: expected inputs of one dtype, but got float32 and float64; cast one side, "
      "cast(x, DType::float64) or cast(x, DType::float32)");
  check_error<DTypeError>([] { apply(above, {input({3}), input({3}, {}, DType::boolean)}); }, "DType::boolean");
}

BOOST_AUTO_TEST_CASE(dtypes_without_a_meaning_are_errors) {
  check_error<DTypeError>([] { apply(half, {input({3}, {}, DType::int64)}); },
                          "half: expected one of float32, float64, but got int64; cast the input, for example cast(x, "
                          "DType::float32)");
  const auto x = input({3});
  check_error<DTypeError>(
      [&] {
        apply(either, {x, x});
      },
      "either: expected one of bool, but got float32; cast the input, for example cast(x, "
      "DType::boolean)");
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_broadcast_are_errors) {
  check_error<ShapeError>([] { apply(difference, {input({3}), input({4})}); }, "difference: shapes (3,) and (4,)");
}

BOOST_AUTO_TEST_CASE(other_numbers_of_inputs_are_errors) {
  check_error<ValueError>([] { apply(difference, {input({3})}); }, "difference: expected 2 input(s), but got 1");
  check_error<ValueError>([] { apply(half, {}); }, "half: expected 1 input(s), but got 0");
}

BOOST_AUTO_TEST_CASE(rules_are_one_for_each_input_or_none) {
  const auto make = [] {
    return elementwise<2, FloatingTypes>(FormulaOptions{
        .name = "one rule short",
        .formula = [](const auto& x, const auto& y) { return x + y; },
        .vjp = {[](const Vjp& at) { return at.cotangent(); }},
    });
  };
  check_error<ValueError>([&] { make(); },
                          "one rule short: expected no vjp rule, or one for each of 2 input(s), but got 1");
  const auto x = input({3});
  const std::vector<Tensor> tensors{x, x};
  const Vjp at{tensors, std::span(tensors).first(1), std::span(tensors).first(1)};
  BOOST_TEST((difference->vjp(at, 0) == x));
  BOOST_TEST(!difference->vjp(at, 1));
  BOOST_TEST(!half->vjp(at, 0));
}

BOOST_AUTO_TEST_SUITE_END()
