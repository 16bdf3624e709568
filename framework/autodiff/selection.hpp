#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>
#include <span>

namespace xgrad {

/// What an operator is as well that chooses between its operands, element by element. A cotangent that is zero because
/// of such a choice must stay zero: multiplied by an infinite slope it would become NaN. So differentiation makes the
/// same choice again behind every elementwise operator that the cotangent goes through.
class Selection {
 public:
  /// `tensor`, of the shape of the result, where the result of the operator on `inputs` is chosen from something, and
  /// zero where zeros were chosen. Nothing when there are no zeros to choose.
  virtual std::optional<Tensor> chosen_alike(std::span<const Tensor> inputs, const Tensor& tensor) const = 0;

  /// Whether the operator chooses zeros from `inputs` exactly where it does from `others`.
  virtual bool is_same_choice(std::span<const Tensor> inputs, std::span<const Tensor> others) const = 0;

 protected:
  ~Selection() = default;
};

}  // namespace xgrad
