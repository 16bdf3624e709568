// Operators that compute the same are one operator: each says which attributes tell it from others.

#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>

#include <boost/test/unit_test.hpp>

#include "battery.hpp"
#include "value_and_gradients.hpp"
#include <algorithm>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(identity)

// But for arrays of constants, and for functions with a rule of their own, whose code nobody can compare.
BOOST_AUTO_TEST_CASE(operators_that_are_made_twice_are_the_same) {
  test::for_each_sample([](const OperatorEntry&, const Sample& sample) {
    const auto inputs = test::constants(sample);
    const auto first = nodes_below(test::value_and_gradients(sample, inputs));
    const auto second = nodes_below(test::value_and_gradients(sample, inputs));
    for (const auto& node : second) {
      const auto& op = node->op();
      const bool is_array = dynamic_cast<const Constant*>(&op) && node->outputs()[0].shape.rank() > 0;
      if (is_array || op.name() == "custom_gradient") continue;
      const bool is_known = std::ranges::any_of(first, [&](const auto& other) { return are_same(op, other->op()); });
      BOOST_TEST(is_known, op.name() << " is not the same when it is made again");
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()
