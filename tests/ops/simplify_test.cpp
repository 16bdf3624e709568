// What operators become when a function is compiled, and that it changes no value, special ones included.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/runtime/program.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace xgrad;

namespace {

constexpr FunctionOptions without_algebra{.passes = {.algebra = false}};
constexpr FunctionOptions without_transposes{.passes = {.transposes = false}};

using Build = std::function<Tensor(const std::vector<Tensor>&)>;

std::string operators(const std::vector<Tensor>& inputs, const Tensor& output, const Passes& passes) {
  std::string names;
  const auto program = lower(inputs, std::vector{output}, {}, passes);
  for (const auto& instruction : program.instructions) {
    names += (names.empty() ? "" : " ") + std::string(instruction.op ? instruction.op->name() : "copy");
  }
  return names;
}

std::vector<double> values_of(const Array& array) {
  const Array doubles = array.cast(DType::float64);
  return {doubles.data<double>().begin(), doubles.data<double>().end()};
}

/// Compiles with the pass and without it: other operators, the same type and values, and the same signs of zeros.
void check_rule(const std::string& label, const std::vector<Array>& arrays, const Build& build,
                const std::string& expected, const FunctionOptions& without = without_algebra) {
  BOOST_TEST_CONTEXT(label) {
    std::vector<Tensor> inputs;
    for (const auto& array : arrays) inputs.push_back(input(array.type().shape, {}, array.dtype()));
    const Tensor output = build(inputs);
    BOOST_TEST(operators(inputs, output, {}) == expected);
    const std::vector<ArrayRef> arguments(arrays.begin(), arrays.end());
    const auto simplified = compile(inputs, {output})(arguments)[0];
    const auto plain = compile(inputs, {output}, {}, without)(arguments)[0];
    BOOST_TEST((simplified.type() == plain.type()));
    const auto received = values_of(simplified);
    const auto wanted = values_of(plain);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const bool same_sign = std::signbit(received[i]) == std::signbit(wanted[i]);
      const bool same = (std::isnan(received[i]) && std::isnan(wanted[i])) || (received[i] == wanted[i] && same_sign) ||
                        (wanted[i] != 0 && std::abs(received[i] - wanted[i]) <= 1e-6 * std::abs(wanted[i]));
      BOOST_TEST(same, "element " << i << ": " << received[i] << " instead of " << wanted[i]);
    }
  }
}

/// As `check_rule`, for what must stay as it is.
void check_kept(const std::string& label, const std::vector<Array>& arrays, const Build& build) {
  BOOST_TEST_CONTEXT(label) {
    std::vector<Tensor> inputs;
    for (const auto& array : arrays) inputs.push_back(input(array.type().shape, {}, array.dtype()));
    const Tensor output = build(inputs);
    BOOST_TEST(operators(inputs, output, {}) == operators(inputs, output, without_algebra.passes));
  }
}

constexpr float infinity = std::numeric_limits<float>::infinity();
const Array special =
    xt::xarray<float>{{0.0f, -0.0f, 1.0f, -2.5f, 1e-37f}, {infinity, -infinity, std::nanf(""), 3e38f, -1e-20f}};
const Array reversed =
    xt::xarray<float>{{3.0f, -1.0f, infinity, 0.0f, -0.0f}, {-infinity, 2.0f, 1.0f, std::nanf(""), 5.0f}};
const Array tame = sample_values({2, 5}).cast(DType::float32);
const Array integers = xt::xarray<int>{{-3, 0, 7}};

Tensor number(double value) { return scalar(value); }

}  // namespace

BOOST_AUTO_TEST_SUITE(simplify)

// The hyperbolic sine at the end is there because an output is never the memory of an input, and it keeps -0.
BOOST_AUTO_TEST_CASE(arithmetic_with_neutral_elements) {
  const auto check = [](const std::string& label, const Build& build) {
    check_rule(
        label, {special}, [=](auto x) { return sinh(build(x)); }, "sinh");
  };
  check("x + -0", [](auto x) { return x[0] + -0.0; });
  check("-0 + x", [](auto x) { return -0.0 + x[0]; });
  check("x + zeros", [](auto x) { return x[0] + broadcast_to(number(-0.0), {2, 5}); });
  check("x - 0", [](auto x) { return x[0] - 0; });
  check("x * 1", [](auto x) { return x[0] * 1; });
  check("1 * x", [](auto x) { return 1 * x[0]; });
  check("ones * x", [](auto x) { return ones_like(x[0]) * x[0]; });
  check("x / 1", [](auto x) { return x[0] / 1; });
  check("power(x, 1)", [](auto x) { return power(x[0], 1); });
  check("several", [](auto x) { return (x[0] * 1 + -0.0) / 1 - 0; });
  check_rule(
      "integers", {integers}, [](auto x) { return abs((x[0] * 1 + 0) - 0); }, "abs");
  check_rule(
      "power(x, 2)", {special}, [](auto x) { return power(x[0], number(2)); }, "square");
}

BOOST_AUTO_TEST_CASE(a_neutral_element_of_a_larger_shape_repeats_the_operand) {
  check_rule(
      "x * ones", {special},
      [](auto x) {
        return x[0] * broadcast_to(number(1), {3, 2, 5});
      },
      "copy");
  check_rule(
      "x + zeros", {special},
      [](auto x) {
        return broadcast_to(number(-0.0), {3, 2, 5}) + x[0];
      },
      "copy");
}

BOOST_AUTO_TEST_CASE(signs_cancel) {
  const auto check = [](const std::string& label, const Build& build, const std::string& expected) {
    check_rule(label, {special, reversed}, build, expected);
  };
  check(
      "-(-x)", [](auto x) { return exp(-(-x[0])); }, "exp");
  check(
      "x - (-y)", [](auto x) { return x[0] - (-x[1]); }, "add");
  check(
      "(-x) * (-y)", [](auto x) { return (-x[0]) * (-x[1]); }, "multiply");
  check(
      "(-x) / (-y)", [](auto x) { return (-x[0]) / (-x[1]); }, "divide");
  check(
      "square(-x)", [](auto x) { return square(-x[0]); }, "square");
  check(
      "abs(-x)", [](auto x) { return abs(-x[0]); }, "abs");
}

BOOST_AUTO_TEST_CASE(elements_that_only_move) {
  const auto check = [](const std::string& label, const Build& build, const std::string& expected) {
    check_rule(label, {special}, build, expected);
  };
  check(
      "reshape of reshape",
      [](auto x) {
        return exp(reshape(reshape(x[0], {10}), {5, 2}));
      },
      "reshape exp");
  check(
      "reshape and back",
      [](auto x) {
        return exp(reshape(reshape(x[0], {10}), {2, 5}));
      },
      "exp");
  check(
      "transpose and back", [](auto x) { return exp(transpose(transpose(x[0]) * 1)); }, "exp");
  check(
      "transposes",
      [](auto x) {
        return exp(transpose(transpose(reshape(x[0], {5, 1, 2}), {1, 0, 2}) * 1, {2, 1, 0}));
      },
      "reshape transpose exp");
  check(
      "transpose of a column",
      [](auto x) {
        return exp(transpose(reshape(x[0], {10, 1})));
      },
      "reshape exp");
  check(
      "stop_gradient", [](auto x) { return exp(stop_gradient(x[0])); }, "exp");
}

BOOST_AUTO_TEST_CASE(reshapes_of_broadcasts) {
  check_rule(
      "of a new axis", {special},
      [](auto x) {
        return exp(reshape(broadcast_to(x[0], {1, 2, 5}), {10}));
      },
      "reshape exp");
  check_rule(
      "of one element", {special},
      [](auto x) {
        return x[0] * reshape(broadcast_to(sum(x[0]), {5, 2}), {2, 5});
      },
      "sum_to multiply");
  check_kept("of several elements", {tame}, [](auto x) { return reshape(broadcast_to(x[0], {2, 2, 5}), {20}); });
}

BOOST_AUTO_TEST_CASE(casts_to_a_wider_dtype_and_back) {
  check_rule(
      "float32", {special}, [](auto x) { return exp(cast(cast(x[0], DType::float64), DType::float32)); }, "exp");
  for (auto wide : {DType::int64, DType::float64}) {
    check_rule(
        "int32", {integers}, [=](auto x) { return abs(cast(cast(x[0], wide), DType::int32)); }, "abs");
  }
  const Array bytes = integers.cast(DType::uint8);
  for (auto wide : {DType::int32, DType::int64, DType::float32, DType::float64}) {
    check_rule(
        "uint8", {bytes}, [=](auto x) { return square(cast(cast(x[0], wide), DType::uint8)); }, "square");
  }
  for (auto narrow : {DType::float32, DType::uint8, DType::boolean}) {
    check_kept("int32", {integers}, [=](auto x) { return abs(cast(cast(x[0], narrow), DType::int32)); });
  }
  for (auto narrow : {DType::int32, DType::int64, DType::boolean}) {
    check_kept("float32", {special}, [=](auto x) { return exp(cast(cast(x[0], narrow), DType::float32)); });
  }
  check_kept("to float64 through float32", {Array(xt::xarray<std::int64_t>{1})},
             [](auto x) { return exp(cast(cast(x[0], DType::float32), DType::float64)); });
}

BOOST_AUTO_TEST_CASE(sums_of_what_was_repeated) {
  const auto check = [](const std::string& label, const Build& build, const std::string& expected) {
    check_rule(label, {special}, build, expected);
  };
  check(
      "new axis",
      [](auto x) {
        return sum(broadcast_to(x[0], {3, 2, 5}), 0);
      },
      "repeated");
  check(
      "all axes",
      [](auto x) {
        return sum(broadcast_to(x[0], {3, 2, 5}));
      },
      "sum_to repeated");
  check(
      "axis of size 1",
      [](auto x) {
        return sum(broadcast_to(reshape(x[0], {2, 1, 5}), {2, 4, 5}), 1, true);
      },
      "reshape repeated");
  check(
      "new axis and another",
      [](auto x) {
        return sum(broadcast_to(x[0], {3, 2, 5}), {0, 2});
      },
      "sum_to repeated reshape");
  check(
      "another axis",
      [](auto x) {
        return exp(sum(broadcast_to(x[0], {3, 2, 5}), 1, true));
      },
      "sum_to exp copy");
  check(
      "a scalar",
      [](auto x) {
        return sum(broadcast_to(sum(x[0]), {3, 4}));
      },
      "sum_to repeated");
  check_kept("integers", {integers.cast(DType::int64)}, [](auto x) { return sum(broadcast_to(x[0], {4, 3}), 0); });
}

BOOST_AUTO_TEST_CASE(a_sum_over_an_empty_batch_is_zero_even_of_infinities) {
  const Tensor x = input({batch, 2});
  const Tensor w = parameter(xt::xarray<float>{infinity, 1});
  const Tensor total = sum(broadcast_to(w, x.shape()), 0);
  BOOST_TEST(operators({x}, total, {}) == "repeated");
  auto f = compile({x}, {total});
  for (double value : values_of(f(Array(DType::float32, {0, 2}))[0])) BOOST_TEST(value == 0);
  BOOST_TEST(values_of(f(Array::zeros(DType::float32, {3, 2}))[0])[1] == 3);
}

BOOST_AUTO_TEST_CASE(formulas_of_repeated_operands_are_computed_before_they_are_repeated) {
  const Array row = xt::xarray<float>{{1, 2, 3}};
  check_rule(
      "one operand", {row},
      [](auto x) {
        return exp(broadcast_to(x[0], {4, 3}));
      },
      "exp copy");
  check_rule(
      "a chain", {row},
      [](auto x) {
        return sum(exp(broadcast_to(x[0], {4, 3}) * 2));
      },
      "multiply exp sum_to repeated");
  // Together the operands have the whole shape.
  const Array column = sample_values({2, 1}).cast(DType::float32);
  check_kept("row and column", {row, column}, [](auto x) {
    return broadcast_to(x[0], {2, 3}) * broadcast_to(x[1], {2, 3});
  });
}

BOOST_AUTO_TEST_CASE(logarithms_of_probabilities) {
  check_rule(
      "softmax", {tame}, [](auto x) { return log(softmax(x[0]) * 1); }, "log_softmax");
  check_rule(
      "sigmoid", {tame}, [](auto x) { return log(sigmoid(x[0]) * 1); }, "negative softplus negative");
  const Tensor x = input({2, 2});
  const xt::xarray<float> extreme{{1e4, 0}, {-1e4, 1e4}};
  for (double value : values_of(compile({x}, {log(softmax(x) * 1)})(extreme)[0])) BOOST_TEST(std::isfinite(value));
}

BOOST_AUTO_TEST_CASE(what_would_change_values_stays) {
  const auto kept = [](const std::string& label, const Build& build) { check_kept(label, {special, reversed}, build); };
  kept("x * 0", [](auto x) { return exp(x[0] * 0); });
  kept("0 - x", [](auto x) { return exp(0 - x[0]); });
  kept("1 / x", [](auto x) { return exp(1 / x[0]); });
  kept("x + 0", [](auto x) { return x[0] + 0; });
  kept("0 + x", [](auto x) { return 0 + x[0]; });
  kept("x + zeros", [](auto x) { return x[0] + zeros_like(x[0]); });
  kept("x - -0", [](auto x) { return x[0] - -0.0; });
  kept("x + 1", [](auto x) { return exp(x[0] + 1); });
  kept("x * 2", [](auto x) { return exp(x[0] * 2); });
  kept("x - x", [](auto x) { return exp(x[0] - x[0]); });
  kept("x / x", [](auto x) { return exp(x[0] / x[0]); });
  kept("exp(log(x))", [](auto x) { return exp(log(x[0])); });
  kept("log(exp(x))", [](auto x) { return log(exp(x[0])); });
  kept("square(sqrt(x))", [](auto x) { return square(sqrt(x[0])); });
  kept("sqrt(square(x))", [](auto x) { return sqrt(square(x[0])); });
  kept("power(x, 0.5)", [](auto x) { return power(x[0], 0.5); });
  kept("(-x) * y", [](auto x) { return (-x[0]) * x[1]; });
  kept("(-x) - y", [](auto x) { return (-x[0]) - x[1]; });
  kept("a parameter of ones", [](auto x) { return x[0] * parameter(xt::xarray<float>{1}); });
  kept("a constant of ones and others", [](auto x) { return x[0] * constant(xt::xarray<float>{1, 1, 1, 1, 2}); });
}

BOOST_AUTO_TEST_CASE(dot_reads_transposes_that_appear_while_compiling) {
  const Array other = sample_values({2, 4}, -1, 1, 1).cast(DType::float32);
  const auto check = [](const std::string& label, const std::vector<Array>& arrays, const Build& build) {
    check_rule(label, arrays, build, "dot", without_transposes);
  };
  check("left", {tame, other}, [](auto x) { return dot(transpose(x[0]) * 1, x[1]); });
  check("right", {tame, tame}, [](auto x) { return dot(x[0], transpose(x[1]) * 1); });
  const Array tall = sample_values({5, 2}).cast(DType::float32);
  check("both", {other, tall}, [](auto x) { return dot(transpose(x[0]) * 1, transpose(x[1]) * 1); });
}

BOOST_AUTO_TEST_CASE(matmul_reads_and_writes_axes_in_any_order) {
  const Array left = sample_values({2, 3, 4, 5}).cast(DType::float32);
  const Array right = sample_values({2, 3, 5, 6}, -1, 1, 1).cast(DType::float32);
  const Tensor x = constant(left), y = constant(right);
  const auto check = [](const Tensor& product) {
    const auto expected = compile({}, {product}, {}, without_transposes)()[0];
    const auto received = compile({}, {product}, {}, {.passes = {.constants = false}})()[0];
    BOOST_TEST(values_of(received) == values_of(expected), boost::test_tools::per_element());
  };
  std::vector<std::int64_t> axes{0, 1, 2, 3};
  do {
    // An operand that is stored in that order, computed so that it is no constant.
    const auto stored = [&](const Tensor& tensor) {
      std::vector<std::int64_t> inverse(axes.size());
      for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        inverse[static_cast<std::size_t>(axes[axis])] = static_cast<std::int64_t>(axis);
      }
      return transpose(constant(eval(transpose(tensor, inverse))) * parameter(Array(1.0F)), axes);
    };
    check(matmul(stored(x), y));
    check(matmul(x * parameter(Array(1.0F)), stored(y)));
    check(transpose(matmul(stored(x), stored(y)), axes));
  } while (std::next_permutation(axes.begin(), axes.end()));
}

BOOST_AUTO_TEST_SUITE_END()
