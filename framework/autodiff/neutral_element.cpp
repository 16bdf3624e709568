#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/constant_number.hpp>

#include <cmath>

namespace xgrad {

std::optional<Tensor> beside_neutral(const Tensor& operand, const Tensor& other, double neutral) {
  const auto number = constant_number(other);
  if (number != neutral) return std::nullopt;
  if (is_floating(other.dtype()) && std::signbit(*number) != std::signbit(neutral)) return std::nullopt;
  return broadcast_to(operand, broadcast("compile", operand.shape(), other.shape()));
}

}  // namespace xgrad
