#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <span>

namespace xgrad {

/// How closely `check_gradients` looks.
struct GradientCheckOptions {
  int order = 2;            ///< 1 checks gradients, 2 also the gradients of gradients
  double tolerance = 1e-6;  ///< largest error, relative to max(1, |expected|)
  double step = 1e-5;       ///< of the central difference, relative to max(1, |element|)
};

/// What `check_gradients` saw when all was well.
struct GradientReport {
  std::size_t derivatives = 0;  ///< how many were compared
  double largest_error = 0;     ///< relative to max(1, |expected|)
};

/// Compares the derivatives of `function` at `inputs`, as its rules give them, with central differences in float64:
///
///     check_gradients([](auto x) { return dot(x[0], x[1]); }, {left, right});
///
/// Every element of every floating-point input is varied; inputs of other dtypes are passed on. The output, of any
/// shape, enters as the sum of output^2 / 2 + c * output with fixed pseudo-random c, so that at order 2 the rules are
/// differentiated with respect to inputs and to cotangents. Throws GradientError, naming order, input and element with
/// the derivative expected and received, where they differ; keep away from kinks, where central differences have no
/// meaning.
GradientReport check_gradients(const std::function<Tensor(std::span<const Tensor>)>& function,
                               std::span<const Array> inputs, const GradientCheckOptions& options = {});
GradientReport check_gradients(const std::function<Tensor(std::span<const Tensor>)>& function,
                               std::initializer_list<Array> inputs, const GradientCheckOptions& options = {});

}  // namespace xgrad
