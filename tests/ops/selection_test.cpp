// What must not matter is selected away, never multiplied by 0: values, both orders of derivatives, forward mode.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "battery.hpp"
#include "derivatives.hpp"
#include <cmath>
#include <limits>
#include <optional>

using namespace xgrad;
using test::elements;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

using Values = std::vector<double>;
using Build = std::function<Tensor(std::span<const Tensor>)>;
using Matrix = xt::xarray<double>;

Array column(const xt::xtensor<double, 1>& values) {
  return Array(values).reshaped({static_cast<std::int64_t>(values.size()), 1});
}

/// A function at a point where something in it must not matter.
struct Choice {
  std::string name;
  Build build;
  std::vector<Array> inputs;
  Values value;
  std::vector<Values> gradients;      ///< of the sum of the value, for each floating-point input
  bool has_second_derivative = true;  ///< finite second derivatives and tangents
};

void check_equal(const std::string& what, const Values& received, const Values& expected, DType dtype) {
  BOOST_TEST_REQUIRE(received.size() == expected.size(), what);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double tolerance = (dtype == DType::float32 ? 2e-6 : 1e-12) * std::max(1.0, std::abs(expected[i]));
    const bool is_equal = std::isfinite(expected[i])
                              ? std::abs(received[i] - expected[i]) <= tolerance
                              : received[i] == expected[i] || (std::isnan(received[i]) && std::isnan(expected[i]));
    BOOST_TEST(is_equal, fmt::format("{} {} is {}, expected {}", what, i, received[i], expected[i]));
  }
}

void check_choice(const Choice& choice, DType dtype, bool algebra) {
  BOOST_TEST_CONTEXT(choice.name << " in " << to_string(dtype) << (algebra ? "" : ", without rewrites")) {
    std::vector<Tensor> inputs;
    std::vector<Tensor> xs;
    std::vector<Array> arguments;
    for (const auto& array : choice.inputs) {
      arguments.push_back(is_floating(array.dtype()) ? array.cast(dtype) : array);
      inputs.push_back(input(Shape(array.shape()), {}, arguments.back().dtype()));
      if (is_floating(array.dtype())) xs.push_back(inputs.back());
    }
    const Tensor value = choice.build(inputs);
    auto outputs = gradients(sum(value), xs, Unconnected::zeros);
    Tensor along = scalar(0, dtype);
    std::vector<Tensor> tangents;
    for (std::size_t i = 0; i < xs.size(); ++i) {
      along = along + sum(outputs[i]);
      tangents.push_back(ones_like(xs[i]));
    }
    const auto second = gradients(along, xs, Unconnected::zeros);
    outputs.insert(outputs.end(), second.begin(), second.end());
    outputs.push_back(value);
    outputs.push_back(jvp(std::span(&value, 1), xs, tangents)[0]);
    FunctionOptions options;
    options.passes.algebra = algebra;
    const auto results =
        compile(inputs, outputs, {}, options)(std::vector<ArrayRef>(arguments.begin(), arguments.end()));
    check_equal("value", elements(results[2 * xs.size()]), choice.value, dtype);
    for (std::size_t i = 0; i < xs.size(); ++i) {
      check_equal(fmt::format("gradient of input {},", i), elements(results[i]), choice.gradients[i], dtype);
      if (!choice.has_second_derivative) continue;
      for (double number : elements(results[xs.size() + i])) {
        BOOST_TEST(std::isfinite(number), "second derivative of input " << i << " is " << number);
      }
    }
    if (!choice.has_second_derivative) return;
    for (double number : elements(results.back())) BOOST_TEST(std::isfinite(number), "tangent is " << number);
  }
}

void check_choices(const std::vector<Choice>& choices) {
  for (const auto& choice : choices) {
    for (auto dtype : {DType::float32, DType::float64}) {
      for (bool algebra : {true, false}) check_choice(choice, dtype, algebra);
    }
  }
}

Build of_labels(bool from_logits, double smoothing = 0) {
  return [=](auto x) {
    return sparse_categorical_crossentropy(x[0], from_logits ? x[1] : softmax(x[1]),
                                           {.from_logits = from_logits, .label_smoothing = smoothing});
  };
}

Build of_classes(bool from_logits) {
  return [=](auto x) {
    return categorical_crossentropy(x[0], from_logits ? x[1] : softmax(x[1]), {.from_logits = from_logits});
  };
}

Build of_bits(bool from_logits) {
  return [=](auto x) {
    return binary_crossentropy(x[0], from_logits ? x[1] : sigmoid(x[1]), {.from_logits = from_logits});
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(selection)

BOOST_AUTO_TEST_CASE(of_classes_without_a_share) {
  const double p = 1 / (1 + std::exp(-1));  // of 2 against 1
  const xt::xarray<int> label{0};
  const xt::xarray<int> outside{-1};
  const Matrix logits{{2, -infinity, 1}};
  const Matrix hostile{{none, infinity, -infinity}};
  std::vector<Choice> choices;
  for (bool from_logits : {true, false}) {
    choices.push_back({"label", of_labels(from_logits), {label, logits}, {-std::log(p)}, {{p - 1, 0, 1 - p}}});
    choices.push_back({"label out of range", of_labels(from_logits), {outside, hostile}, {0}, {{0, 0, 0}}});
    choices.push_back({"one-hot target",
                       of_classes(from_logits),
                       {Matrix{{1, 0, 0}}, logits},
                       {-std::log(p)},
                       {{-std::log(p), infinity, -std::log(1 - p)}, {p - 1, 0, 1 - p}},
                       false});
    choices.push_back(
        {"constant target",
         [=](auto x) {
           return of_classes(from_logits)(std::vector{constant(Array(Matrix{{1, 0, 0}}).cast(x[0].dtype())), x[0]});
         },
         {logits},
         {-std::log(p)},
         {{p - 1, 0, 1 - p}}});
  }
  choices.push_back({"impossible class", of_labels(true), {xt::xarray<int>{1}, logits}, {infinity}, {{p, -1, 1 - p}}});
  check_choices(choices);
}

BOOST_AUTO_TEST_CASE(of_outcomes_without_a_share) {
  const auto sigmoid_of = [](double x) { return 1 / (1 + std::exp(-x)); };
  std::vector<Choice> choices;
  const Array hard = column({0, 1, 0, 1, 0.5});
  const Array infinite = column({-infinity, infinity, infinity, -infinity, -infinity});
  const Values losses{0, 0, infinity, infinity, infinity};
  const Values slopes{0, 0, 1, -1, -0.5};
  const double rest = std::log1p(std::exp(-20));
  const double share = sigmoid_of(-20);
  for (bool from_logits : {true, false}) {
    const auto loss = of_bits(from_logits);
    choices.push_back({"infinite logits",
                       loss,
                       {hard, infinite},
                       losses,
                       {{infinity, -infinity, -infinity, infinity, infinity}, slopes},
                       false});
    choices.push_back({"infinite logits, constant target",
                       [=](auto x) {
                         return loss(std::vector{constant(hard.cast(x[0].dtype())), x[0]});
                       },
                       {infinite},
                       losses,
                       {slopes}});
    choices.push_back({"large logits",
                       loss,
                       {column({1, 0, 1, 0}), column({20, -20, -20, 20})},
                       {rest, rest, 20 + rest, 20 + rest},
                       {{-20, 20, 20, -20}, {-share, share, share - 1, 1 - share}}});
  }
  check_choices(choices);
  for (auto dtype : {DType::float32, DType::float64}) {
    const auto logits = constant(column({20, -20, 3, -3, 40}).cast(dtype));
    const auto target = constant(column({1, 0, 1, 0, 1}).cast(dtype));
    const auto result =
        test::derivatives([&](const Tensor& x) { return binary_crossentropy(target, x, {.from_logits = true}); },
                          column({20, -20, 3, -3, 40}).cast(dtype));
    const double far[] = {20, 20, 3, 3, 40};
    for (std::size_t i = 0; i < 5; ++i) {
      const double rest = sigmoid_of(-far[i]);
      BOOST_TEST(result.value[i] == std::log1p(std::exp(-far[i])), boost::test_tools::tolerance(1e-6));
      BOOST_TEST(std::abs(result.first[i]) == rest, boost::test_tools::tolerance(1e-6));
      BOOST_TEST(std::abs(result.second[i]) == 2 * rest * rest * (1 - rest), boost::test_tools::tolerance(2e-6));
    }
  }
}

BOOST_AUTO_TEST_CASE(of_probabilities_at_both_ends) {
  for (auto dtype : {DType::float32, DType::float64}) {
    const auto target = constant(column({0, 1, 1, 0}).cast(dtype));
    const auto prediction = constant(column({1, 0, 1, 0}).cast(dtype));
    const auto values = elements(eval(binary_crossentropy(target, prediction)));
    const double limit = -std::log(1e-7);
    check_equal("value", values, {limit, limit, 1e-7, 1e-7}, dtype);
  }
}

BOOST_AUTO_TEST_CASE(of_other_losses) {
  check_choices({
      {"poisson_nll",
       [](auto x) { return poisson_nll(x[0], x[1]); },
       {column({0}), column({-infinity})},
       {0},
       {{infinity}, {0}},
       false},
      {"poisson_nll of counts",
       [](auto x) { return poisson_nll(x[0], x[1], {.log_input = false, .epsilon = 0}); },
       {column({0}), column({0})},
       {0},
       {{0}, {1}}},
      {"poisson",
       [](auto x) { return poisson(x[0], x[1]); },
       {column({0}), column({infinity})},
       {infinity},
       {{-infinity}, {1}},
       false},
      {"kl_divergence",
       [](auto x) { return kl_divergence(x[0], softmax(x[1])); },
       {Matrix{{0, 1}}, Matrix{{-infinity, 0}}},
       {0},
       {{0, 1}, {0, 0}}},
      {"kl_divergence of probabilities that are hidden",
       [](auto x) { return kl_divergence(x[0], x[1]); },
       {Matrix{{0, 1}}, Matrix{{none, 1}}},
       {1e-7},
       {{0, 1 + 1e-7}, {0, 0}}},
      {"ctc",
       [](auto x) { return ctc(x[0], x[1], x[2], x[3]); },
       {Array(xt::xarray<int>{1}).reshaped({1, 1}), Array(xt::xarray<double>{{{0, 0}, {none, infinity}}}),
        Array(xt::xarray<int>{1}), Array(xt::xarray<int>{1})},
       {std::log(2)},
       {{0.5, -0.5, 0, 0}}},
  });
  for (auto dtype : {DType::float32, DType::float64}) {
    const auto loss =
        kl_divergence(constant(Array(Matrix{{none, 1}}).cast(dtype)), constant(Array(Matrix{{0.5, 0.5}}).cast(dtype)));
    BOOST_TEST(std::isnan(elements(eval(loss))[0]));
  }
}

BOOST_AUTO_TEST_CASE(of_elements_that_are_infinite_or_left_out) {
  const auto over_rows = [](Tensor (*reduction)(const Tensor&, const Axes&, bool)) {
    return [=](auto x) { return reduction(x[0], 1, false); };
  };
  check_choices({
      {"logsumexp", over_rows(logsumexp), {Matrix{{infinity, 0}}}, {infinity}, {{1, 0}}},
      {"logsumexp of two",
       over_rows(logsumexp),
       {Matrix{{infinity, infinity, -infinity}}},
       {infinity},
       {{0.5, 0.5, 0}}},
      {"logsumexp of none", over_rows(logsumexp), {Matrix{{-infinity, -infinity}}}, {-infinity}, {{0, 0}}},
      {"logcumsumexp",
       [](auto x) { return logcumsumexp(x[0], 0); },
       {xt::xarray<double>{infinity, 0}},
       {infinity, infinity},
       {{2, 0}}},
      {"logcumsumexp of a later infinity",
       [](auto x) { return logcumsumexp(x[0], 0); },
       {xt::xarray<double>{-infinity, 0, infinity, 1}},
       {-infinity, 0, infinity, infinity},
       {{0, 1, 2, 0}}},
      {"logaddexp",
       [](auto x) { return logaddexp(x[0], x[1]); },
       {xt::xarray<double>{infinity, -infinity}, xt::xarray<double>{0, 0}},
       {infinity, 0},
       {{1, 0}, {0, 1}}},
      {"nansum", [](auto x) { return nansum(square(x[0])); }, {xt::xarray<double>{1, none, 3}}, {10}, {{2, 0, 6}}},
      {"nanmean", [](auto x) { return nanmean(log(x[0])); }, {xt::xarray<double>{1, -1, 1}}, {0}, {{0.5, 0, 0.5}}},
      {"leaky_relu without a slope",
       [](auto x) { return leaky_relu(x[0], 0); },
       {xt::xarray<double>{infinity, -infinity, -1}},
       {infinity, 0, 0},
       {{1, 0, 0}}},
      {"prelu without a slope",
       [](auto x) { return prelu(x[0], x[1]); },
       {xt::xarray<double>{infinity, -infinity, -1}, xt::xarray<double>{0, 0, 0}},
       {infinity, 0, 0},
       {{1, 0, 0}, {0, -infinity, -1}},
       false},
  });
}

BOOST_AUTO_TEST_CASE(of_the_side_that_is_not_taken) {
  const auto positive = [](auto x) { return where(greater(x[0], 0), sqrt(x[0]), x[0]); };
  check_choices({
      {"root", positive, {xt::xarray<double>{4, -4, 0}}, {2, -4, 0}, {{0.25, 1, 1}}},
      {"other side",
       [](auto x) { return where(greater(x[0], 1), x[0], log(x[0] * 2)); },
       {xt::xarray<double>{2, 0.5}},
       {2, 0},
       {{1, 2}}},
      {"chain",
       [](auto x) { return where(greater(x[0], 0), exp(log(sqrt(x[0]))) / x[0], 0 * x[0]); },
       {xt::xarray<double>{1, 0, -1}},
       {1, 0, 0},
       {{-0.5, 0, 0}}},
      {"nested",
       [](auto x) { return where(greater(x[0], 1), sqrt(x[0] - 1), where(greater(x[0], 0), log(x[0]), x[0])); },
       {xt::xarray<double>{2, 1, -1}},
       {1, 0, -1},
       {{0.5, 1, 1}}},
      {"masked_fill",
       [](auto x) { return masked_fill(1 / x[0], equal(x[0], 0), 7); },
       {xt::xarray<double>{2, 0}},
       {0.5, 7},
       {{-0.25, 0}}},
      {"two operands",
       [](auto x) { return where(greater(x[1], 0), x[0] / x[1], x[0]); },
       {xt::xarray<double>{3, 3}, xt::xarray<double>{2, 0}},
       {1.5, 3},
       {{0.5, 1}, {-0.75, 0}}},
  });
}

BOOST_AUTO_TEST_CASE(of_keys_that_are_hidden) {
  // The second query sees nothing, the first the first key, of three.
  const xt::xarray<bool> seen{{true, false, false}, {false, false, false}};
  const Matrix numbers{{0.5, -infinity, -infinity}, {-infinity, -infinity, -infinity}};
  const Matrix query{{1, 2}, {3, 4}};
  std::vector<Choice> choices;
  for (const double hostile : {1.0, none, infinity, -infinity}) {
    const Matrix key{{1, -1}, {hostile, 2}, {0.5, hostile}};
    const Array value = column({5, hostile, hostile});
    const Values zeros{0, 0, 0, 0};
    const auto with_mask = [](bool causal) {
      return [=](auto x) { return scaled_dot_product_attention(x[0], x[1], x[2], {.mask = x[3], .causal = causal}); };
    };
    for (bool causal : {false, true}) {
      choices.push_back({fmt::format("mask over {}", hostile),
                         with_mask(causal),
                         {query, key, value, seen},
                         {5, 0},
                         {zeros, {0, 0, 0, 0, 0, 0}, {1, 0, 0}}});
    }
    choices.push_back({fmt::format("mask of numbers over {}", hostile),
                       with_mask(false),
                       {query, key, value, numbers},
                       {5, 0},
                       {zeros, {0, 0, 0, 0, 0, 0}, {1, 0, 0}, {0, 0, 0, 0, 0, 0}}});
  }
  check_choices(choices);
}

BOOST_AUTO_TEST_CASE(of_one_query_is_not_that_of_another) {
  for (auto dtype : {DType::float32, DType::float64}) {
    for (const double hostile : {none, infinity, -infinity}) {
      const auto run = [&](double number) {
        const auto q = constant(sample_values({2, 2}).cast(dtype));
        const auto k = constant(Array(Matrix{{1, -1}, {number, 2}}).cast(dtype));
        const auto v = constant(Array(Matrix{{5, 1}, {2, number}}).cast(dtype));
        const auto y = scaled_dot_product_attention(q, k, v, {.causal = true});
        const auto loss = sum(square(slice(y, {{0, 1}})));
        auto outputs = gradients(loss, {q, k, v});
        outputs.push_back(slice(y, {{0, 1}}));
        std::vector<Values> results;
        for (const auto& array : compile({}, outputs)()) results.push_back(elements(array));
        return results;
      };
      const auto expected = run(3);
      const auto received = run(hostile);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        BOOST_TEST(received[i] == expected[i], boost::test_tools::per_element());
      }
    }
  }
}

// Whatever an elementwise operator makes of infinities and NaN, nothing of it comes through a mask.
BOOST_AUTO_TEST_CASE(hides_every_elementwise_operator) {
  for (const auto& [entry, file] : registered_operators()) {
    if (entry.family != OperatorFamily::unary && entry.family != OperatorFamily::activation &&
        entry.family != OperatorFamily::binary) {
      continue;
    }
    const auto sample = entry.samples().front();
    if (!entry.shapes.empty() || !test::is_differentiable(sample)) continue;
    for (const double hostile : {none, infinity, -infinity, 0.0, -1e300, 1e300}) {
      std::vector<Array> inputs;
      std::vector<Values> zeros;
      for (const auto& array : sample.inputs) {
        if (is_floating(array.dtype())) {
          inputs.push_back(Array(xt::xarray<double>(xt::xarray<double>::shape_type{1}, hostile)));
          zeros.push_back({0});
        } else {
          inputs.emplace_back(array.dtype(), Extents{1});
        }
      }
      check_choices({{fmt::format("{}({})", entry.name, hostile),
                      [&](auto x) {
                        const auto y = sample.build(x);
                        return where(constant(xt::xarray<bool>{false}), y, zeros_like(y));
                      },
                      inputs,
                      {0},
                      zeros}});
    }
  }
}

BOOST_AUTO_TEST_CASE(of_elements_that_are_dropped) {
  for (auto dtype : {DType::float32, DType::float64}) {
    for (const double hostile : {none, infinity, -infinity}) {
      const auto run = [&](double number, double cotangent) {
        const auto x = constant(Array(xt::xarray<double>(xt::xarray<double>::shape_type{64}, number)).cast(dtype));
        const auto y = dropout(x, 0.5, constant(Array(std::int64_t{3})), 7);
        const auto c = constant(Array(xt::xarray<double>(xt::xarray<double>::shape_type{64}, cotangent)).cast(dtype));
        const auto results =
            compile({}, {y, vjp(std::span(&y, 1), std::span(&c, 1), std::span(&x, 1), Unconnected::error)[0]})();
        return std::pair(elements(results[0]), elements(results[1]));
      };
      const auto [kept, slopes] = run(1, 1);
      const auto [values, hostile_slopes] = run(hostile, hostile);
      for (std::size_t i = 0; i < kept.size(); ++i) {
        BOOST_TEST((kept[i] == 0 ? values[i] == 0 : !std::isfinite(values[i])));
        BOOST_TEST((kept[i] == 0 ? hostile_slopes[i] == 0 : !std::isfinite(hostile_slopes[i])));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(of_one_result_leave_the_others_of_an_operator_alone) {
  const auto number = [](float value) {
    return constant(Array(xt::xarray<float>(xt::xarray<float>::shape_type{2}, value)));
  };
  const auto mean_square = number(0.5f);
  const auto step = rmsprop_step(number(1), number(2), mean_square, scalar(0.1), 0.25, 1e-7);
  const auto mask = constant(xt::xarray<bool>{false, true});
  const auto loss = sum(where(mask, step.x, zeros_like(step.x))) + sum(step.mean_square);
  const auto slopes = elements(eval(gradients(loss, {mean_square})[0]));
  BOOST_TEST(slopes[0] == 0.75);
  BOOST_TEST(slopes[1] > 0.75);
}

BOOST_AUTO_TEST_SUITE_END()
