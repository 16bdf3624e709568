#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// x, or the bound beyond which it is, element by element, with broadcasting: minimum(maximum(x, low), high), so that
/// high rules where the bounds are crossed. Either bound may be left out with std::nullopt, not both. All have one
/// numeric dtype; a number takes that of x. At a bound x gets all of the cotangent, as in PyTorch; beyond it the bound
/// does. Throws ValueError without any bound.
///
///     clip(x, 0, 6);
///     clip(x, std::nullopt, limit);
Tensor clip(const Tensor& x, const std::optional<Tensor>& low, const std::optional<Tensor>& high);
Tensor clip(const Tensor& x, std::optional<Number> low, std::optional<Number> high);

}  // namespace xgrad
