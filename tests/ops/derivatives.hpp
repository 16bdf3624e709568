#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <functional>
#include <vector>

namespace xgrad::test {

/// The elements of an array as doubles, in row-major order.
std::vector<double> elements(const Array& array);

/// A function of one array, its gradient, and the gradient of the sum of that gradient's squares.
struct Derivatives {
  std::vector<double> value;
  std::vector<double> first;
  std::vector<double> second;
};

/// At `x`; the gradient is that of the sum of the function's elements.
Derivatives derivatives(const std::function<Tensor(const Tensor&)>& function, const Array& x);

}  // namespace xgrad::test
