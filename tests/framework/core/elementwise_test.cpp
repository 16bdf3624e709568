#include <xgrad/framework/core/elementwise_vectors.hpp>
#include <xgrad/framework/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <array>
#include <cstddef>
#include <tuple>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

const auto difference = elementwise<2, NumericTypes>(
    "difference", [](const auto& x, const auto& y) { return x - y; },
    {
        .vjp = {[](const Vjp& at) { return at.cotangent(); }, [](const Vjp&) { return std::nullopt; }},
        .cost = 3,
    });

const auto half = elementwise<1, FloatingTypes>("half", [](const auto& x) { return x * number(x, 0.5); });

const auto above = predicate<2, NumericTypes>("above", [](const auto& x, const auto& y) { return x > y; });

const auto either = elementwise<2, DTypes<bool>>("either", [](const auto& x, const auto& y) { return x || y; });

const auto sum_and_difference = elementwise_vectors<2>(
    "sum_and_difference", [](auto x, auto y) { return std::tuple(x + y, x - y); },
    {.vjp = {[](const Vjp& at) { return at.cotangents[0]; }, [](const Vjp& at) { return at.cotangents[1]; }}});

const auto third = elementwise_vectors<1>("third", [](auto x) { return x / decltype(x)(3); });

/// Runs the kernel of a formula with one result on vectors of one length.
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
  std::byte* output = result.bytes().data();
  formula.kernel(dtypes)(addresses.data(), &output, inputs[0].size());
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

template <class T>
void check_results_in_place_of_operands() {
  for (std::size_t count : {0, 1, 7, 64, 1001}) {
    for (const bool swapped : {false, true}) {
      std::vector<T> x(count);
      std::vector<T> y(count);
      for (std::size_t i = 0; i < count; ++i) {
        x[i] = static_cast<T>(3 * i);
        y[i] = static_cast<T>(i);
      }
      auto* left = reinterpret_cast<std::byte*>(x.data());
      auto* right = reinterpret_cast<std::byte*>(y.data());
      const std::array<const std::byte*, 2> inputs{left, right};
      const std::array outputs{swapped ? right : left, swapped ? left : right};
      sum_and_difference->kernel(std::array{dtype_of<T>, dtype_of<T>})(inputs.data(), outputs.data(), count);
      const auto& sum = swapped ? y : x;
      const auto& difference = swapped ? x : y;
      for (std::size_t i = 0; i < count; ++i) {
        BOOST_REQUIRE(sum[i] == static_cast<T>(4 * i));
        BOOST_REQUIRE(difference[i] == static_cast<T>(2 * i));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(several_results_may_take_the_place_of_operands) {
  check_results_in_place_of_operands<float>();
  check_results_in_place_of_operands<double>();
}

BOOST_AUTO_TEST_CASE(functions_of_vectors_are_formulas) {
  for (std::size_t count : {0, 1, 7, 64, 1001}) {
    const std::vector<double> x(count, 2);
    BOOST_TEST((run<double, double>(*third, {x}) == std::vector<double>(count, 2.0 / 3)));
  }
  check_error<DTypeError>([] { apply(third, {input({3}, {}, DType::int64)}); },
                          "third: expected one of float32, float64, but got int64");
}

BOOST_AUTO_TEST_CASE(several_results_have_one_type_and_a_cotangent_each) {
  const auto results = apply_all(sum_and_difference, {input({batch, 1}), input({3})});
  BOOST_TEST(results.size() == 2u);
  for (const auto& result : results) BOOST_TEST(result.type().to_string() == "float32 (batch, 3)");
  const auto x = input({3});
  const auto parts = apply_all(sum_and_difference, {x, x});
  const std::vector<Tensor> inputs{x, x};
  const Vjp at{inputs, parts, parts};
  BOOST_TEST((sum_and_difference->vjp(at, 0) == parts[0]));
  BOOST_TEST((sum_and_difference->vjp(at, 1) == parts[1]));
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
    return elementwise<2, FloatingTypes>("one rule short", [](const auto& x, const auto& y) { return x + y; },
                                         {.vjp = {[](const Vjp& at) { return at.cotangent(); }}});
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
