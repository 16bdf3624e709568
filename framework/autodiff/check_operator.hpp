#pragma once

#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/core/registry.hpp>

namespace xgrad {

/// Checks all that can be known of an operator from its entry alone. For every sample: derivatives of order 1 and 2
/// against central differences (see `check_gradients`), forward mode against reverse mode, float32 against float64, and
/// a leading size that is a symbol against one that is known; the kernels, those of the rules included, in one block
/// and in many, in both orders, twice, between guarded bytes; that rules are linear in the cotangent; and that
/// operators with other results have other attributes. And that every rejection is refused with its message. Values
/// themselves are compared with nothing: that is left to tests of one's own. Throws the error that was found, or
/// ValueError where results differ, naming operator, sample, element, and what was expected and received.
GradientReport check_operator(const OperatorEntry& entry);

}  // namespace xgrad
