#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <span>
#include <vector>

namespace xgrad {

/// A tensor of a graph and what is to stand in its place.
struct Substitution {
  Tensor original;
  Tensor replacement;
};

/// The tensors over graphs in which every original is its replacement: what depends on an original is built again, the
/// rest, parameters included, is shared. Shapes and dtypes stay as they are. Throws ShapeError or DTypeError when a
/// replacement differs from its original in that.
std::vector<Tensor> substitute(std::span<const Tensor> tensors, std::span<const Substitution> substitutions);

}  // namespace xgrad
