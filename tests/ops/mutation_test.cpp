// Would the battery notice a wrong rule? Every reverse rule that occurs in the graph of any sample or in the graphs of
// its gradients has its sign flipped, one after the other. What `check_gradients` compares with central differences
// must then differ from what the right rules give, for at least one sample.

#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "battery.hpp"
#include "mutant.hpp"
#include <algorithm>
#include <cmath>
#include <map>

using namespace xgrad;
using namespace xgrad::test;

namespace {

/// What `check_gradients` looks at for one sample: the derivatives of every order, of sums like its own.
class Derivatives {
 public:
  explicit Derivatives(const Sample& sample) : arrays_(sample.inputs) {
    for (const auto& array : arrays_) {
      inputs_.push_back(input(Shape(array.shape()), {}, array.dtype()));
      if (is_floating(array.dtype())) xs_.push_back(inputs_.back());
    }
    orders_.push_back({sample.build(inputs_)});
  }

  /// The tensors of an order; those of order 0 are the output.
  const std::vector<Tensor>& of_order(std::size_t order) {
    while (orders_.size() <= order) orders_.push_back(next(orders_.back(), orders_.back()));
    return orders_[order];
  }

  /// Whether derivatives of an order differ by more than `tolerance` when a rule has the wrong sign in what they are
  /// the derivatives of.
  bool notice(std::size_t order, const RuleName& rule, double tolerance) {
    auto& expected = expected_[order];
    if (expected.empty()) expected = values(of_order(order));
    const auto& originals = of_order(order - 1);
    return differ(expected, values(next(with_flipped_rule(originals, rule), originals)), tolerance);
  }

  /// Whether derivatives of order 2, taken forward over reverse, differ from those taken reverse over reverse when a
  /// rule has the wrong sign where the direction is pulled back. Second derivatives are symmetric: both are the same.
  bool notice_forward(const RuleName& rule, double tolerance) {
    const auto& first = of_order(1);
    std::vector<Tensor> seeds;
    std::vector<Tensor> direction;
    for (const auto& derivative : first) {
      seeds.push_back(input(derivative.shape(), {}, derivative.dtype()));
      direction.push_back(constant(sample_values(derivative.shape().extents(), -1, 1, 6)));
    }
    const auto pulled_back = with_flipped_rule(vjp(first, seeds, xs_), rule);
    return differ(values(vjp(first, direction, xs_)), values(vjp(pulled_back, direction, seeds)), tolerance);
  }

 private:
  static bool differ(const std::vector<Array>& expected, const std::vector<Array>& received, double tolerance) {
    for (std::size_t i = 0; i < received.size(); ++i) {
      const auto right = expected[i].data<double>();
      const auto flipped = received[i].data<double>();
      for (std::size_t element = 0; element < right.size(); ++element) {
        const double error = std::abs(flipped[element] - right[element]) / std::max(1.0, std::abs(right[element]));
        if (!(error <= tolerance)) return true;
      }
    }
    return false;
  }

  /// Derivatives of the sum of value^2 / 2 + c * value, with the cotangents of `originals`, which have the same values.
  std::vector<Tensor> next(std::span<const Tensor> tensors, std::span<const Tensor> originals) const {
    std::vector<Tensor> cotangents;
    for (const auto& original : originals) {
      cotangents.push_back(original + constant(sample_values(original.shape().extents(), -1, 1, 5)));
    }
    return vjp(tensors, cotangents, xs_);
  }

  std::vector<Array> values(const std::vector<Tensor>& tensors) const {
    return compile(inputs_, tensors)(std::vector<ArrayRef>(arrays_.begin(), arrays_.end()));
  }

  std::vector<Array> arrays_;
  std::vector<Tensor> inputs_;
  std::vector<Tensor> xs_;
  std::vector<std::vector<Tensor>> orders_;
  std::map<std::size_t, std::vector<Array>> expected_;  // by order, once they are needed
};

}  // namespace

BOOST_AUTO_TEST_SUITE(mutation)

BOOST_AUTO_TEST_CASE(of_any_rule_is_noticed) {
  std::set<RuleName> met;
  std::set<RuleName> noticed;
  const auto flip = [&](std::size_t order, const RuleName& rule, const OperatorEntry& entry, Derivatives& derivatives) {
    // Both the right and the wrong derivative may be off by one tolerance from a central difference.
    if (!noticed.contains(rule) && derivatives.notice(order, rule, 3 * entry.tolerance.relative)) noticed.insert(rule);
  };
  for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
    if (!is_differentiable(sample)) return;
    Derivatives derivatives(sample);
    for (std::size_t order : {0, 1, 2}) {
      for (const auto& rule : rules_in(derivatives.of_order(order))) {
        met.insert(rule);
        if (order < 2) flip(order + 1, rule, entry, derivatives);
      }
    }
  });
  // Rules of what only second derivatives are made of take part in the third, which nothing else checks.
  if (noticed != met) {
    for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
      if (!is_differentiable(sample)) return;
      Derivatives derivatives(sample);
      for (const auto& rule : rules_in(derivatives.of_order(2))) {
        if (noticed.contains(rule)) continue;
        try {
          check_gradients(sample.build, sample.inputs, {.order = 3, .tolerance = entry.tolerance.relative});
          flip(3, rule, entry, derivatives);
        } catch (const GradientError&) {  // no derivative of order 3: the rule is there for forward mode over reverse
          if (derivatives.notice_forward(rule, 3 * entry.tolerance.relative)) noticed.insert(rule);
        }
      }
    });
  }
  for (const auto& rule : met) {
    BOOST_TEST(noticed.contains(rule), fmt::format("the sign of the rule of {} for input {} can be flipped and no "
                                                   "sample notices; add one whose derivative goes through it, or let "
                                                   "the rule say std::nullopt where it is always zero",
                                                   rule.op, rule.input));
  }
  BOOST_TEST(met.size() > 50);
  BOOST_TEST_MESSAGE(noticed.size() << " of " << met.size() << " rules with the wrong sign are noticed");
}

// The wrong sign must be in the derivative and nowhere else.
BOOST_AUTO_TEST_CASE(changes_no_value) {
  for_each_sample([](const OperatorEntry&, const Sample& sample) {
    if (!is_differentiable(sample)) return;
    const std::vector<Tensor> output{sample.build(constants(sample))};
    auto mutated = output;
    for (const auto& rule : rules_in(output)) mutated = with_flipped_rule(mutated, rule);
    const auto values = compile({}, {output[0], mutated[0]})();
    check_close(values[1], Plain(values[0]), 0);
  });
}

BOOST_AUTO_TEST_CASE(flips_one_rule_and_no_other) {
  const Tensor x = constant(Array(3.0));
  const Tensor y = constant(Array(5.0));
  const Tensor product = with_flipped_rule(std::vector{x * y}, {"multiply", 1}).front();
  const auto slopes = gradients(product, {x, y});
  BOOST_TEST(eval(slopes[0]).item() == 5);
  BOOST_TEST(eval(slopes[1]).item() == -3);
  BOOST_TEST((rules_in(std::vector{x * y}) == std::set<RuleName>{{"multiply", 0}, {"multiply", 1}}));
}

BOOST_AUTO_TEST_SUITE_END()
