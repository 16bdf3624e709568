#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <span>
#include <vector>

namespace xgrad {

/// What an operator is as well whose results are zero almost everywhere, such as a slice put back into the array that
/// it was taken from. Adding many of them costs the whole array for each. The cotangents of a tensor that is read in
/// parts are such terms, and differentiation asks for fewer of them before it adds what remains.
class SparseTerm {
 public:
  /// Tensors of the same sum as `terms`, preferably fewer: all of one type, and results of operators of this very
  /// class. Elements that several terms have are added in the order of the terms.
  virtual std::vector<Tensor> merged(std::span<const Tensor> terms) const = 0;

 protected:
  ~SparseTerm() = default;
};

}  // namespace xgrad
