// What causal attention hides, and what it costs to hide it.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "derivatives.hpp"
#include <algorithm>
#include <span>
#include <string>
#include <vector>

using namespace xgrad;
using test::elements;

BOOST_AUTO_TEST_SUITE(attention)

BOOST_AUTO_TEST_CASE(hides_later_keys_whatever_they_hold) {
  const auto result = [](double later) {
    const auto keys = xt::xarray<double>{{1.0, -2.0}, {later, later}, {0.5, later}};
    const auto x = constant(Array(keys));
    const auto output = scaled_dot_product_attention(x, x, x, {.causal = true});
    return std::pair{elements(eval(output)), elements(eval(gradients(sum(slice(output, {{0, 1}})), {x})[0]))};
  };
  for (double later : {3.0, -40.0, 40.0}) {
    const auto [values, slopes] = result(later);
    BOOST_TEST(values[0] == 1);
    BOOST_TEST(values[1] == -2);
    BOOST_TEST(slopes == (std::vector<double>{1, 1, 0, 0, 0, 0}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(chooses_once) {
  const auto x = input({batch, 4, 8});
  const auto choices = [&](const AttentionOptions& options) {
    const auto output = scaled_dot_product_attention(x, x, x, options);
    const auto nodes = nodes_below(std::span(&output, 1));
    return std::count_if(nodes.begin(), nodes.end(), [](const auto& node) {
      return node->op().name() == "where" && node->outputs()[0].shape.rank() == 3;
    });
  };
  BOOST_TEST(choices({.causal = true}) == 1);
  BOOST_TEST(choices({.mask = input({4, 4}, {}, DType::boolean)}) == 1);
  BOOST_TEST(choices({.mask = input({4, 4})}) == 1);
}

BOOST_AUTO_TEST_CASE(copies_the_rows_of_heads_as_they_are) {
  const auto keys = input({2, 5, 4, 3}, "keys", DType::float64);  // (samples, steps, heads, features)
  const auto queries = constant(sample_values({2, 4, 6, 3}).cast(DType::float64));
  const auto scores = matmul(queries, transpose(keys, {0, 2, 3, 1}));
  const auto moved = transpose_of(scores.node().inputs()[1]);
  BOOST_TEST_REQUIRE(moved.has_value());
  BOOST_TEST(moved->axes == (std::vector<std::size_t>{0, 2, 1, 3}), boost::test_tools::per_element());

  const auto values = sample_values({2, 5, 4, 3}, -2, 2, 1).cast(DType::float64);
  const auto expected = einsum("bhqf,bkhf->bhqk", {queries, keys});
  auto function = compile({keys}, {scores, expected});
  const auto results = function(values);
  const auto received = elements(results[0]);
  const auto reference = elements(results[1]);
  BOOST_TEST_REQUIRE(received.size() == 2U * 4 * 6 * 5);
  for (std::size_t i = 0; i < received.size(); ++i) {
    BOOST_TEST(received[i] == reference[i], boost::test_tools::tolerance(1e-12));
  }
}

BOOST_AUTO_TEST_CASE(products_read_and_write_heads_where_they_are) {
  const auto head = [](const std::string& name) { return input({batch, 5, 4, 3}, name); };
  const auto query = head("query"), key = head("key"), value = head("value");
  const auto moved = [](const Tensor& x) { return transpose(x, {0, 2, 1, 3}); };
  const auto mixed = scaled_dot_product_attention(moved(query), moved(key), moved(value), {.causal = true});
  const auto result = moved(mixed);
  std::vector<Tensor> outputs{result};
  for (const auto& gradient : gradients(sum(square(result)), {query, key, value})) outputs.push_back(gradient);

  std::vector<Array> arrays;
  for (int seed = 0; seed < 3; ++seed) arrays.push_back(sample_values({2, 5, 4, 3}, -2, 2, seed).cast(DType::float32));
  const auto moves = [](const Function& function) { return function.explain().find("transpose") != std::string::npos; };
  const auto check = [&](const std::vector<Tensor>& wanted, bool copies) {
    auto in_place = compile({query, key, value}, wanted);
    auto copied = compile({query, key, value}, wanted, {}, {.passes = {.transposes = false}});
    const auto received = in_place(arrays[0], arrays[1], arrays[2]);
    const auto expected = copied(arrays[0], arrays[1], arrays[2]);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      BOOST_TEST(elements(received[i]) == elements(expected[i]), boost::test_tools::per_element());
    }
    BOOST_TEST(moves(copied));
    BOOST_TEST(moves(in_place) == copies);
  };
  check(outputs, false);
  // What someone else reads as well is not computed twice.
  check({result, mixed}, true);
}

BOOST_AUTO_TEST_SUITE_END()
