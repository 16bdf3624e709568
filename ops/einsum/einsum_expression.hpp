#pragma once

#include <xgrad/framework/core/shape.hpp>

#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace xgrad {

/// The name of an axis in Einstein's summation: a letter, or a number beyond all letters for one of those that "..."
/// stands for.
using Label = int;
using Labels = std::vector<Label>;

/// What an expression of Einstein's summation says about operands of given shapes.
struct EinsumExpression {
  /// Throws ValueError for an expression that cannot be read and ShapeError for operands that do not fit it.
  EinsumExpression(std::string_view expression, std::span<const Shape> shapes);

  std::vector<Labels> operands;
  Labels result;
  std::map<Label, Dim> sizes;  ///< of each label; operands may have 1 instead
};

}  // namespace xgrad
