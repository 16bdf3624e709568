#pragma once

#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace xgrad::test {

/// All that an operator gives for a sample.
struct Results {
  std::vector<double> value;
  std::vector<std::vector<double>> first;   ///< cotangents of each floating-point input
  std::vector<std::vector<double>> second;  ///< derivatives of their products with the tangents; none for an operator
                                            ///< of order 1
  std::vector<double> tangent;
};

/// A sample's function, its cotangent and tangents as arguments beside its inputs.
class Probe {
 public:
  /// With floating-point numbers of `dtype`.
  Probe(const Sample& sample, DType dtype);

  /// Which argument the cotangent is, and the tangent of floating-point input k.
  std::size_t cotangent() const { return arguments.size() - floating.size() - 1; }
  std::size_t tangent(std::size_t k) const { return cotangent() + 1 + k; }

  /// Other numbers in all inputs: what is 0 in a sample hides what it is multiplied by, and that is no choice.
  Probe moved() const;

  /// With one number for an element of some arguments; nothing where the operator refuses that.
  std::optional<Results> run(const std::vector<std::pair<std::size_t, double>>& changes, std::size_t element) const;

  std::vector<Array> arguments;
  std::vector<std::size_t> floating;  ///< which inputs are
  bool has_second = true;

 private:
  std::shared_ptr<Function> function_;
};

/// Whether both are the same number, or both NaN.
bool is_same(double left, double right);

}  // namespace xgrad::test
