#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/constant_number.hpp>

namespace xgrad {

std::optional<Tensor> beside_neutral(const Tensor& operand, const Tensor& other, double neutral) {
  if (constant_number(other) != neutral) return std::nullopt;
  return broadcast_to(operand, broadcast("compile", operand.shape(), other.shape()));
}

}  // namespace xgrad
