#pragma once

#include <xgrad/framework/core/op.hpp>

#include <compare>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace xgrad::test {

/// The reverse rule of an operator for one of its inputs.
struct RuleName {
  std::string op;
  std::size_t input;
  auto operator<=>(const RuleName&) const = default;
};

/// The rules of the operators in a graph, whether or not any of `tensors` is ever differentiated through them.
std::set<RuleName> rules_in(std::span<const Tensor> tensors);

/// The same graph and values, but every rule of that name gives the cotangent with the wrong sign. Leaves are shared;
/// what rules build is not touched.
std::vector<Tensor> with_flipped_rule(std::span<const Tensor> tensors, const RuleName& rule);

}  // namespace xgrad::test
