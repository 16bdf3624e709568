#include <xgrad/framework/core/node_index.hpp>

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace xgrad;

namespace {

/// Every `stride`-th of nodes made one after the other.
std::vector<Tensor> leaves(std::size_t count, std::size_t stride) {
  std::vector<Tensor> result;
  for (std::size_t made = 0; made < count * stride; ++made) {
    const Tensor leaf = input({});
    if (made % stride == 0) result.push_back(leaf);
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(node_index)

BOOST_AUTO_TEST_CASE(numbers_nodes_in_the_order_they_are_met) {
  const auto nodes = leaves(3, 1);
  NodeIndex index;
  BOOST_TEST(!index.find(nodes[0].node()));
  BOOST_TEST(index.insert(nodes[2].node()).first == 0u);
  BOOST_TEST(index.insert(nodes[0].node()).first == 1u);
  BOOST_TEST(index.insert(nodes[2].node()).first == 0u);
  BOOST_TEST(index.insert(nodes[0].node()).second == false);
  BOOST_TEST(index.size() == 2u);
  BOOST_TEST(index[nodes[0].node()] == 1u);
  BOOST_TEST(!index.find(nodes[1].node()));
}

// Ids a power of two apart, which a table that keeps neighbours together must not take for one; and two runs of
// neighbours.
BOOST_AUTO_TEST_CASE(holds_ids_of_any_pattern) {
  for (std::size_t stride : {1u, 2u, 16u, 17u, 64u, 256u}) {
    for (std::size_t expected : {0u, 2000u}) {
      auto nodes = leaves(1000, stride);
      const auto more = leaves(1000, 1);
      nodes.insert(nodes.end(), more.begin(), more.end());
      NodeIndex index(expected);
      for (const auto& node : nodes) BOOST_REQUIRE(index.insert(node.node()).second);
      for (std::size_t number = 0; number < nodes.size(); ++number)
        BOOST_REQUIRE(index[nodes[number].node()] == number);
      BOOST_TEST(!index.find(input({}).node()));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
