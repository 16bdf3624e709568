#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

/// Runs the kernel of every node below `tensors`, which depend on constants alone, the way the runtime may: over all
/// rows twice, row by row in both orders, in blocks of two rows, and an elementwise one element by element and over its
/// operand, each time between guarded bytes. Throws ValueError, naming operator and mistake, when calls differ, an
/// element is left out, something outside of the output is written, or blocks of rows give another result than all rows
/// at once.
void check_kernels(std::span<const Tensor> tensors);

/// Compares operators that look alike, of one class with equal names and attributes, on the inputs of one of them:
/// compiled together they are taken for one. Throws ValueError when their results differ.
class AttributeCheck {
 public:
  /// Looks at the nodes below `tensor`; `label` is that of the sample.
  void add(std::string_view label, const Tensor& tensor);

 private:
  struct Seen {
    NodeHandle node;
    std::string label;
    std::vector<bool> is_read;  ///< of the outputs
  };
  std::vector<Seen> seen_;
};

}  // namespace xgrad
