#pragma once

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sum.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace xgrad::test {

/// The result of a sample on these inputs and, if it is floating-point, the gradients of its sum for those that are.
inline std::vector<Tensor> value_and_gradients(const Sample& sample, const std::vector<Tensor>& inputs) {
  std::vector<Tensor> result{sample.build(inputs)};
  std::vector<Tensor> floating;
  std::ranges::copy_if(inputs, std::back_inserter(floating), [](const auto& x) { return is_floating(x.dtype()); });
  if (floating.empty() || !is_floating(result[0].dtype())) return result;
  for (const auto& slope : gradients(sum(result[0]), floating)) result.push_back(slope);
  return result;
}

}  // namespace xgrad::test
