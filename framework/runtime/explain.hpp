#pragma once

#include <xgrad/framework/runtime/binding.hpp>
#include <xgrad/framework/runtime/plan.hpp>

#include <string>

namespace xgrad {

/// A plan as text for a person: levels, phases, steps and what each leaves behind, with blocks, bytes and work when
/// there is a binding.
std::string explain(const Plan& plan, const Binding* binding);

}  // namespace xgrad
