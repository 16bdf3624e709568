#include <xgrad/framework/runtime/passes/dead_code.hpp>
#include <xgrad/framework/runtime/program.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(dead_code)

BOOST_AUTO_TEST_CASE(what_no_output_is_computed_from_goes_and_the_order_stays) {
  const Tensor x = input({3});
  const Tensor a = exp(x);
  const Tensor b = log(x);
  const Tensor c = a + x;
  Graph graph = graph_below({c, log(b)});
  graph.outputs.pop_back();
  graph.may_hold_dead_code = true;
  graph = drop_dead_code(std::move(graph));
  BOOST_TEST((graph.nodes == std::vector{x.shared_node(), a.shared_node(), c.shared_node()}));
}

BOOST_AUTO_TEST_CASE(what_other_passes_leave_behind_is_not_computed) {
  const Tensor x = input({3});
  const Tensor y = exp(reshape(exp(x), {3, 1}) * 1);
  const auto count = [&](const Tensor& output, const Passes& passes) {
    return lower(std::vector{x}, std::vector{output}, {}, passes).instructions.size();
  };
  // A reshape of a reshape reads past the inner one.
  const Tensor z = exp(reshape(reshape(y, {1, 3}), {3}));
  BOOST_TEST(count(z, {.dead_code = false}) == count(z, {}) + 1);
}

BOOST_AUTO_TEST_SUITE_END()
