// Losses at the ends of their ranges.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "../check_error.hpp"
#include "reference.hpp"
#include <cmath>
#include <limits>

using namespace xgrad;

namespace {

using Values = std::vector<double>;
constexpr DType floats[] = {DType::float32, DType::float64};

/// A loss of predictions and its gradient.
struct Result {
  Values value;
  Values gradient;
};

Result evaluate(const xt::xarray<double>& prediction, DType dtype, const std::function<Tensor(const Tensor&)>& loss) {
  const Tensor x = constant(Array(prediction).cast(dtype));
  const Tensor value = loss(x);
  const auto results = compile({}, {value, gradients(sum(value), {x})[0]})();
  return {test::Plain(results[0]).values, test::Plain(results[1]).values};
}

void check_close(const Values& received, const Values& expected) {
  BOOST_TEST_REQUIRE(received.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double error = std::abs(received[i] - expected[i]) / std::max(1.0, std::abs(expected[i]));
    BOOST_TEST(error < 1e-5, "element " << i << ": " << received[i] << " instead of " << expected[i]);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(losses_at_the_ends)

BOOST_AUTO_TEST_CASE(huber_is_a_line_far_away) {
  for (auto dtype : floats) {
    const auto result = evaluate({{1e30, -1e30, 0, 1}}, dtype, [](const Tensor& x) { return huber(zeros_like(x), x); });
    check_close(result.value, {5e29});
    check_close(result.gradient, {0.25, -0.25, 0, 0.25});
  }
}

BOOST_AUTO_TEST_CASE(kl_divergence_leaves_out_classes_of_target_0) {
  for (auto dtype : floats) {
    const Tensor target = constant(Array(xt::xarray<double>{{0, 1, 0}}).cast(dtype));
    const auto plain = [&](const Tensor& x) { return kl_divergence(target, x); };
    check_close(evaluate({{0, 0.5, 0.5}}, dtype, plain).value, {std::log(2.0)});
    check_close(evaluate({{0, 0.5, 0.5}}, dtype, plain).gradient, {0, -2, 0});
    const auto logits =
        evaluate({{1000, 0, -1000}}, dtype, [&](const Tensor& x) { return kl_divergence(target, softmax(x)); });
    check_close(logits.value, {1000});
    check_close(logits.gradient, {1, -1, 0});
    const auto of_target = evaluate({{0, 1, 0}}, dtype, [](const Tensor& x) {
      return kl_divergence(x, constant(Array(xt::xarray<double>{{0, 0.5, 0.5}}).cast(x.dtype())));
    });
    check_close(of_target.gradient, {0, std::log(2.0) + 1, 0});
  }
}

BOOST_AUTO_TEST_CASE(cosine_similarity_of_vectors_of_any_length) {
  for (auto dtype : floats) {
    const Tensor target = constant(Array(xt::xarray<double>{{3, 4}, {1e-30, 0}, {1, 0}}).cast(dtype));
    const auto result =
        evaluate({{3e30, 4e30}, {1, 0}, {0, 0}}, dtype, [&](const Tensor& x) { return cosine_similarity(target, x); });
    check_close(result.value, {-1, -1, 0});
    for (double value : result.gradient) BOOST_TEST(std::isfinite(value));
  }
}

BOOST_AUTO_TEST_CASE(triplet_has_derivatives_at_distance_0) {
  for (auto dtype : floats) {
    const Tensor negative = constant(Array(xt::xarray<double>{{3, 4}}).cast(dtype));
    const auto result =
        evaluate({{0, 0}}, dtype, [&](const Tensor& x) { return triplet(x, zeros_like(x), negative, {.margin = 6}); });
    check_close(result.value, {1});
    for (double value : result.gradient) BOOST_TEST(std::isfinite(value));
  }
}

BOOST_AUTO_TEST_CASE(ctc_of_large_logits) {
  const Tensor lengths = constant(xt::xarray<int>{3});
  const Tensor one = constant(xt::xarray<int>{1});
  for (auto dtype : floats) {
    const auto result = evaluate({{{1000, 0}, {0, 1000}, {1000, 0}}}, dtype, [&](const Tensor& x) {
      return ctc(constant(Array(xt::xarray<int>{1}).reshaped({1, 1})), x, lengths, one);
    });
    check_close(result.value, {0});
    check_close(result.gradient, Values(6, 0));
    // Every way has to leave the largest logit once.
    const auto forced = evaluate({{{1000, 0}, {1000, 0}, {1000, 0}}}, dtype, [&](const Tensor& x) {
      return ctc(constant(Array(xt::xarray<int>{1}).reshaped({1, 1})), x, lengths, one);
    });
    check_close(forced.value, {1000 - std::log(3.0)});
    for (std::size_t i = 0; i < 6; ++i) BOOST_TEST(std::abs(forced.gradient[i] - (i % 2 == 0 ? 1 : -1) / 3.0) < 1e-3);
  }
}

BOOST_AUTO_TEST_CASE(ctc_without_an_alignment_is_infinite_and_has_no_gradient) {
  const Tensor target = constant(xt::xarray<int>{{1, 1}, {1, 9}, {1, -1}});
  const auto result =
      evaluate({{{1, 2}, {3, 4}}, {{1, 2}, {3, 4}}, {{1, 2}, {3, 4}}}, DType::float64, [&](const Tensor& x) {
        const Tensor two = constant(xt::xarray<int>{2, 2, 2});
        return ctc(target, x, two, two);
      });
  for (double value : result.value) BOOST_TEST(value == std::numeric_limits<double>::infinity());
  for (double value : result.gradient) BOOST_TEST(value == 0);
}

// The change of the gradient along a direction in reverse mode, and in forward mode by the rule of its rule.
BOOST_AUTO_TEST_CASE(ctc_has_the_same_second_derivative_in_both_modes) {
  const Tensor x = constant(sample_values({1, 4, 3}));
  const Tensor direction = constant(sample_values({1, 4, 3}, -1, 1, 1));
  const Tensor other = constant(sample_values({1, 4, 3}, -1, 1, 2));
  const Tensor loss = ctc(constant(Array(xt::xarray<int>{1, 2}).reshaped({1, 2})), x, constant(xt::xarray<int>{4}),
                          constant(xt::xarray<int>{2}));
  const Tensor gradient = gradients(sum(loss), {x})[0];
  const Tensor reverse = gradients(sum(gradient * direction), {x})[0];
  const Tensor forward = gradients(sum(gradients(sum(gradient * other), {x})[0] * direction), {other})[0];
  const auto results = compile({}, {reverse, forward})();
  check_close(test::Plain(results[1]).values, test::Plain(results[0]).values);
  BOOST_TEST(std::abs(test::Plain(results[0]).values[0]) > 1e-3);
}

BOOST_AUTO_TEST_CASE(ctc_refuses_the_third_derivative) {
  const Tensor x = input({1, 2, 3}, "x", DType::float64);
  const Tensor one = constant(xt::xarray<int>{1});
  Tensor derivative = ctc(constant(Array(xt::xarray<int>{1}).reshaped({1, 1})), x, one, one);
  for (int order = 1; order <= 2; ++order) derivative = gradients(sum(square(derivative)), {x})[0];
  test::check_error<GradientError>([&] { gradients(sum(square(derivative)), {x}); },
                                   "ctc_occupancy_change: has no derivative with respect to input 0");
}

BOOST_AUTO_TEST_SUITE_END()
