#pragma once

#include <xgrad/framework/core/op.hpp>

#include <optional>

namespace xgrad {

/// The rule of an input that the output does not vary with.
inline std::optional<Tensor> no_cotangent(const Vjp&) { return std::nullopt; }

}  // namespace xgrad
