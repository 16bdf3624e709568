#include <xgrad/framework/core/graphviz.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/transpose.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace xgrad;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(graphviz)

BOOST_AUTO_TEST_CASE(text_names_operators_and_types) {
  const auto x = input({batch, 3}, "x");
  const auto w = parameter(Array::zeros(DType::float32, {3}), "w");
  BOOST_TEST(to_text({x * w + 2}) ==
             "x = input: float32 (batch, 3)\n"
             "w = parameter: float32 (3,)\n"
             "%2 = multiply(x, w): float32 (batch, 3)\n"
             "%3 = constant 2: float32 ()\n"
             "%4 = add(%2, %3): float32 (batch, 3)\n");
  const auto m = parameter(Array::zeros(DType::float32, {2, 3}), "m");
  BOOST_TEST(to_text({transpose(m)}) == to_text({m}) + "%1 = transpose(m) axes=(1, 0): float32 (3, 2)\n");
}

BOOST_AUTO_TEST_CASE(text_tells_nodes_of_one_name_apart) {
  const auto a = input({}, "x");
  const auto b = input({}, "x");
  BOOST_TEST(to_text({a + b}) == "x%0 = input: float32 ()\nx%1 = input: float32 ()\n%2 = add(x%0, x%1): float32 ()\n");
}

BOOST_AUTO_TEST_CASE(dot_has_a_box_for_each_node_and_an_arrow_for_each_use) {
  const auto x = input({batch, 3}, "say \"x\"");
  const auto text = to_dot({x + x});
  BOOST_TEST(text.starts_with("digraph xgrad {\n"));
  BOOST_TEST(text.ends_with("}\n"));
  BOOST_TEST(contains(text, R"dot(n0 [label = "say \"x\"\ninput\nfloat32 (batch, 3)", style = "rounded"];)dot"));
  BOOST_TEST(contains(text, R"dot(n1 [label = "add\nfloat32 (batch, 3)", style = "bold"];)dot"));
  BOOST_TEST(contains(text, "  n0 -> n1;\n  n0 -> n1;\n"));
}

BOOST_AUTO_TEST_CASE(long_chains_are_drawn) {
  auto x = input({}, "x");
  for (int i = 0; i < 200000; ++i) x = x + x;
  BOOST_TEST(contains(to_text({x}), "%200000 = add(%199999, %199999): float32 ()\n"));
  BOOST_TEST(contains(to_dot({x}), "n199999 -> n200000;"));
}

BOOST_AUTO_TEST_SUITE_END()
