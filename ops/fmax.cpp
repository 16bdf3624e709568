#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/fmax.hpp>
#include <xgrad/ops/where.hpp>

#include <cmath>
#include <functional>
#include <type_traits>

namespace xgrad {
namespace {

/// Whether left is the result.
template <class Compare>
constexpr auto takes_left = [](auto left, auto right) {
  if constexpr (std::is_floating_point_v<decltype(right)>) {
    if (std::isnan(right)) return true;
  }
  return Compare()(left, right);
};

template <class Compare>
std::shared_ptr<const Formula> extremum(const std::string& name) {
  const auto mask = elementwise_loop<2, FloatingTypes>(
      name + "_takes_left", [](auto left, auto right) { return takes_left<Compare>(left, right); });
  const auto is_left = [mask](const Vjp& at) { return apply(mask, {at.input(0), at.input(1)}); };
  return elementwise_loop<2, NumericTypes>(
      name, [](auto left, auto right) { return takes_left<Compare>(left, right) ? left : right; },
      {
          .vjp = {[=](const Vjp& at) { return where(is_left(at), at.cotangent(), zeros_like(at.cotangent())); },
                  [=](const Vjp& at) { return where(is_left(at), zeros_like(at.cotangent()), at.cotangent()); }},
          .cost = 2,
      });
}

}  // namespace

Tensor fmax(const Tensor& left, const Tensor& right) {
  static const auto op = extremum<std::greater_equal<>>("fmax");
  return apply(op, {left, right});
}

Tensor fmin(const Tensor& left, const Tensor& right) {
  static const auto op = extremum<std::less_equal<>>("fmin");
  return apply(op, {left, right});
}

Tensor fmax(const Tensor& left, Number right) { return fmax(left, number_like("fmax", right, left)); }
Tensor fmin(const Tensor& left, Number right) { return fmin(left, number_like("fmin", right, left)); }

static const Register registered_fmax{{
    .name = "fmax",
    .family = OperatorFamily::binary,
    .signature = "fmax(left, right)",
    .summary = "The larger of two tensors, element by element, ignoring what is not a number.",
    .formula = "left where left >= right or right is not a number, else right",
    .gradient = "c for the side that is taken, left where they are equal",
}};

static const Register registered_fmin{{
    .name = "fmin",
    .family = OperatorFamily::binary,
    .signature = "fmin(left, right)",
    .summary = "The smaller of two tensors, element by element, ignoring what is not a number.",
    .formula = "left where left <= right or right is not a number, else right",
    .gradient = "c for the side that is taken, left where they are equal",
}};

}  // namespace xgrad
