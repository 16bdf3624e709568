#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/core/elementwise.hpp>

namespace xgrad {

Tensor add(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, NumericTypes>(FormulaOptions{
      .name = "add",
      .formula = [](const auto& x, const auto& y) { return x + y; },
      .vjp = {[](const Vjp& at) { return at.cotangent(); }, [](const Vjp& at) { return at.cotangent(); }},
  });
  return apply(op, {left, right});
}

}  // namespace xgrad
