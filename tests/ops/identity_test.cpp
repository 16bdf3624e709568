// Operators that compute the same are one operator: each says which attributes tell it from others.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/runtime/passes/common_subexpressions.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "battery.hpp"
#include <algorithm>
#include <iterator>
#include <vector>

using namespace xgrad;

namespace {

/// The result of a sample and its gradients.
std::vector<Tensor> build(const Sample& sample, const std::vector<Tensor>& inputs) {
  std::vector<Tensor> result{sample.build(inputs)};
  if (!test::is_differentiable(sample)) return result;
  std::vector<Tensor> floating;
  std::ranges::copy_if(inputs, std::back_inserter(floating), [](const auto& x) { return is_floating(x.dtype()); });
  for (const auto& slope : gradients(sum(result[0]), floating)) result.push_back(slope);
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(identity)

BOOST_AUTO_TEST_CASE(what_is_built_twice_becomes_one_graph) {
  test::for_each_sample([](const OperatorEntry&, const Sample& sample) {
    const auto inputs = test::constants(sample);
    auto all = build(sample, inputs);
    const auto count = all.size();
    for (const auto& tensor : build(sample, inputs)) all.push_back(tensor);
    const auto graph = share_common_subexpressions(graph_below(all));
    for (std::size_t i = 0; i < count; ++i) {
      BOOST_TEST((graph.outputs[i] == graph.outputs[count + i]), "result " << i << " was not merged");
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()
