#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace xgrad::test {

/// An option of a registered operator that is an integer, a size or an axis, as a use of the operator with any value.
struct IntegerOption {
  std::string name;             ///< of the operator, as in the registry
  std::string option;           ///< as in the signature of its entry
  std::vector<Extents> shapes;  ///< of float64 inputs
  std::function<Tensor(std::span<const Tensor> inputs, std::int64_t value)> build;
  /// A small value that means the same as one beyond all sizes: {stop, of 5 elements, 2^62} is 5. Where there is none,
  /// such a value must be refused or make a tensor that is too large to be computed here.
  std::function<std::int64_t(std::int64_t value)> same_as = {};
};

/// All of them.
std::vector<IntegerOption> integer_options();

/// The parameters that `signature` names: "pad(x, widths, {mode = 0})" has x, widths and mode.
std::set<std::string> parameters(const std::string& signature);

/// True for the name of a parameter that is a tensor, a real number, a choice or a flag. `name` is that of the
/// operator.
bool is_no_integer(const std::string& name, const std::string& parameter);

}  // namespace xgrad::test
