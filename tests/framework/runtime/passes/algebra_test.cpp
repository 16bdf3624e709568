// The pass itself, on operators of its own; the rules of xgrad's operators are tested in tests/ops.

#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/runtime/passes/algebra.hpp>
#include <xgrad/framework/runtime/passes/transposes.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "../../../check_error.hpp"
#include <stdexcept>

using namespace xgrad;

namespace {

/// Says of itself that it is `simpler`.
class Simplifying final : public Op {
 public:
  Simplifying(Tensor simpler, bool by_transposes) : simpler_(std::move(simpler)), by_transposes_(by_transposes) {}
  std::string_view name() const override { return "simplifying"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  std::optional<Tensor> simplify(std::span<const Tensor>) const override {
    return by_transposes_ ? std::nullopt : std::optional(simpler_);
  }
  std::optional<Tensor> without_transposes(std::span<const Tensor>) const override {
    return by_transposes_ ? std::optional(simpler_) : std::nullopt;
  }

 private:
  Tensor simpler_;
  bool by_transposes_;
};

Tensor simplify(const Tensor& tensor) { return simplify_algebra(graph_below({tensor})).outputs[0]; }

}  // namespace

BOOST_AUTO_TEST_SUITE(algebra)

BOOST_AUTO_TEST_CASE(operators_are_asked_by_the_pass_that_the_rule_belongs_to) {
  const Tensor x = input({3});
  const Tensor y = input({3});
  for (bool by_transposes : {false, true}) {
    const Tensor tensor = apply(std::make_shared<const Simplifying>(y, by_transposes), {x});
    BOOST_TEST((simplify(tensor) == (by_transposes ? tensor : y)));
    BOOST_TEST((absorb_transposes(graph_below({tensor})).outputs[0] == (by_transposes ? y : tensor)));
  }
}

BOOST_AUTO_TEST_CASE(a_rule_that_changes_the_type_is_named) {
  const Tensor wrong = apply(std::make_shared<const Simplifying>(input({4}), false), {input({3})});
  test::check_error<std::logic_error>([&] { compile({}, {wrong}); }, "compile: simplifying of type float32 (3,)");
}

BOOST_AUTO_TEST_CASE(formulas_bring_a_rule_too) {
  static const auto op =
      elementwise<1, FloatingTypes>("twice", [](const auto& x) { return x + x; },
                                    {.simplify = [](auto inputs) { return std::optional(inputs[0] * 2); }});
  BOOST_TEST(simplify(apply(op, {input({3})})).node().op().name() == "multiply");
}

BOOST_AUTO_TEST_CASE(broadcasts_of_broadcasts_are_one) {
  const Tensor x = input({3});
  const Tensor y = simplify(broadcast_to(broadcast_to(x, {2, 3}), {4, 2, 3}));
  BOOST_TEST(y.node().op().name() == "broadcast_to");
  BOOST_TEST((y.node().inputs()[0] == x));
}

// A chain of a million nodes of which all go.
BOOST_AUTO_TEST_CASE(long_chains_take_no_stack) {
  const Tensor x = input({3});
  Tensor y = x;
  for (int count = 0; count < 200'000; ++count) y = -(-(y * 1)) - 0;
  BOOST_TEST((simplify(y) == x));
}

BOOST_AUTO_TEST_SUITE_END()
