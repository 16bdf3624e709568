#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

namespace xgrad {

/// x with its axes in reverse order: the transpose of a matrix.
Tensor transpose(const Tensor& x);

/// x with its axes in the given order: axis i of the result is axis axes[i] of x. Negative axes count from the end.
/// Throws ShapeError unless every axis is named once.
Tensor transpose(const Tensor& x, std::span<const std::int64_t> axes);
Tensor transpose(const Tensor& x, std::initializer_list<std::int64_t> axes);

/// What a tensor is a transpose of.
struct TransposeOf {
  Tensor x;
  std::vector<std::size_t> axes;
};

/// The operand and the axes when `tensor` was made by `transpose`: for what can read the operand in place.
std::optional<TransposeOf> transpose_of(const Tensor& tensor);

/// What an operator is as well that can write its result with the axes in another order.
class TransposableResult {
 public:
  /// transpose(result of `inputs`, axes) in one. Nothing where the kernel cannot write it so.
  virtual std::optional<Tensor> transposed_result(std::span<const Tensor> inputs,
                                                  const std::vector<std::size_t>& axes) const = 0;

 protected:
  ~TransposableResult() = default;
};

}  // namespace xgrad
