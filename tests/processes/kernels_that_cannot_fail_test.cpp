// A kernel whose operator says that it cannot fail takes nothing from the heap: parameters are updated before it runs.

#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/xgrad.hpp>

#include "../ops/value_and_gradients.hpp"
#include "failing_malloc.hpp"
#include <algorithm>
#include <iostream>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace xgrad;

bool is_said_not_to_fail(const Op& op) {
  const bool has_kernel = !dynamic_cast<const Leaf*>(&op) && !dynamic_cast<const Elementwise*>(&op) &&
                          !op.is_reshape() && !op.is_broadcast();
  return has_kernel && !op.can_fail();
}

/// Whether the kernel allocates in its second call, when the memory of its thread is there.
bool allocates(const Node& node, std::vector<Array>& inputs) {
  std::vector<Array> outputs;
  for (const auto& type : node.outputs()) outputs.push_back(Array::zeros(type.dtype, type.shape.extents()));
  const auto views_of = [](std::vector<Array>& arrays) {
    std::vector<ArrayView> views;
    for (auto& array : arrays) {
      const auto& shape = array.shape();
      const auto row = shape.empty() ? 1 : element_count(std::span(shape).subspan(1));
      views.push_back({array.bytes().data(), array.dtype(), shape, row});
    }
    return views;
  };
  const auto from = views_of(inputs);
  const auto to = views_of(outputs);
  node.op().forward({from, to});
  test::has_failed = false;
  test::until_failure = 0;
  try {
    node.op().forward({from, to});
  } catch (...) {
  }
  test::until_failure = -1;
  return test::has_failed;
}

}  // namespace

int main() {
  std::set<std::string> liars;
  std::size_t count = 0;
  for (const auto& [entry, file] : registered_operators()) {
    for (const auto& sample : entry.samples()) {
      std::vector<NodeHandle> nodes;
      std::vector<Tensor> parameters;
      for (const auto& value : sample.inputs) parameters.push_back(parameter(value));
      for (const auto& node : nodes_below(test::value_and_gradients(sample, parameters))) {
        if (is_said_not_to_fail(node->op())) nodes.push_back(node);
      }
      std::vector<Tensor> inputs;
      for (const auto& node : nodes) inputs.insert(inputs.end(), node->inputs().begin(), node->inputs().end());
      auto values = compile({}, inputs)();
      auto next = values.begin();
      for (const auto& node : nodes) {
        std::vector<Array> arrays;
        for (std::size_t index = 0; index < node->inputs().size(); ++index) arrays.push_back(std::move(*next++));
        if (allocates(*node, arrays)) liars.emplace(node->op().name());
        ++count;
      }
    }
  }
  std::cout << count << " kernels\n";
  for (const auto& name : liars) std::cerr << name << ": its kernel allocates, but can_fail() is false\n";
  return liars.empty() && count > 1000 ? 0 : 1;
}
