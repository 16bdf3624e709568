#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <functional>
#include <span>
#include <vector>

namespace xgrad::test {

using PointFunction = std::function<Tensor(std::span<const Tensor>)>;

/// An elementwise function and its derivatives with respect to its first argument, at one point.
struct AtPoint {
  double value;
  double first;
  double second;
};

/// Evaluates `function` where argument i is `point[i]` in all its elements. They are so many that some fill vector
/// registers and some are left over; all must agree.
AtPoint at_point(const PointFunction& function, const std::vector<double>& point, DType dtype = DType::float64);

}  // namespace xgrad::test
