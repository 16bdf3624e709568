#pragma once

#include <xgrad/framework/core/array.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad::test {

/// Takes an array, and what it is: "sample 'matrix', float32, gradient 1".
using Sink = std::function<void(std::string_view what, const Array& array)>;

/// Everything that a name stands for among the digests: an operator's samples, an operator at a larger size, or the
/// weights of a model and what it predicts.
struct Results {
  std::string name;
  std::function<void(const Sink& sink)> compute;  ///< gives the sink all arrays, in a fixed order
};

/// Sorted by name.
std::vector<Results> all_results();

}  // namespace xgrad::test
