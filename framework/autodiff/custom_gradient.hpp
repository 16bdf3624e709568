#pragma once

#include <xgrad/framework/core/op.hpp>

#include <vector>

namespace xgrad {

/// The same values as `value`, with derivatives of one's own: `rules[i]` gives the cotangent of `xs[i]`, or nothing
/// where there is none. In a rule `at.input(i)` is `xs[i]`, `at.output()` the result and `at.cotangent()` the
/// derivative of the loss with respect to it; the engine sums what it returns back to the shape of the x. No other
/// gradient flows into `value`, and none into what it was computed from. Rules are graph: derivatives of higher order
/// and forward mode follow from them. Nothing runs for it in a compiled function.
///
///     const auto rounded = custom_gradient(round(x), {x}, {[](const Vjp& at) { return at.cotangent(); }});
///
/// Throws GradientError unless there is a rule for each x and `value` is floating point.
Tensor custom_gradient(const Tensor& value, const std::vector<Tensor>& xs, std::vector<VjpRule> rules);

}  // namespace xgrad
