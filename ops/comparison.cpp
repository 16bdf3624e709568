#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>

#include <cmath>
#include <functional>

namespace xgrad {
namespace {

// A plain loop: the compiler narrows the comparison of floats to booleans in registers, which xtensor's expressions do
// not.
template <class Compare>
std::shared_ptr<const Formula> comparison(std::string name) {
  return elementwise_loop<2, AllTypes>(std::move(name), Compare());
}

/// `special` is what NaN, 0 and infinity give beside NaN, -0 and infinity.
OperatorEntry comparison_entry(std::string name, std::string sign, Tensor (*function)(const Tensor&, const Tensor&),
                               std::vector<double> special) {
  return {
      .name = name,
      .family = OperatorFamily::binary,
      .signature = name + "(left, right)",
      .summary = "Whether left " + sign + " right, element by element, with broadcasting.",
      .formula = "left " + sign + " right",
      .gradient = "none: the result is boolean",
      .samples =
          [=] {
            auto samples = binary_samples(function);
            const auto build = [=](auto x) { return function(x[0], x[1]); };
            samples.push_back({"equal elements", {sample_values({2, 3}), sample_values({2, 3})}, build});
            samples.push_back({"integers", {xt::xarray<int>{1, 2, 3}, xt::xarray<int>{3, 2, 1}}, build});
            return samples;
          },
      .rejections = [=] { return binary_rejections(name, function); },
      .cases =
          [=] {
            return std::vector<SpecialCase>{
                {.inputs = {special_array({NAN, 0, INFINITY}), special_array({NAN, -0.0, INFINITY})},
                 .value = special}};
          },
  };
}

}  // namespace

Tensor equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::equal_to<>>("equal");
  return apply(op, {left, right});
}

Tensor not_equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::not_equal_to<>>("not_equal");
  return apply(op, {left, right});
}

Tensor greater(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::greater<>>("greater");
  return apply(op, {left, right});
}

Tensor greater_equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::greater_equal<>>("greater_equal");
  return apply(op, {left, right});
}

Tensor less(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::less<>>("less");
  return apply(op, {left, right});
}

Tensor less_equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::less_equal<>>("less_equal");
  return apply(op, {left, right});
}

Tensor equal(const Tensor& left, Number right) { return equal(left, number_like("equal", right, left)); }
Tensor not_equal(const Tensor& left, Number right) { return not_equal(left, number_like("not_equal", right, left)); }
Tensor greater(const Tensor& left, Number right) { return greater(left, number_like("greater", right, left)); }
Tensor greater_equal(const Tensor& left, Number right) {
  return greater_equal(left, number_like("greater_equal", right, left));
}
Tensor less(const Tensor& left, Number right) { return less(left, number_like("less", right, left)); }
Tensor less_equal(const Tensor& left, Number right) { return less_equal(left, number_like("less_equal", right, left)); }

static const Register registered_equal{comparison_entry("equal", "=", equal, {0, 1, 1})};
static const Register registered_not_equal{comparison_entry("not_equal", "!=", not_equal, {1, 0, 0})};
static const Register registered_greater{comparison_entry("greater", ">", greater, {0, 0, 0})};
static const Register registered_greater_equal{comparison_entry("greater_equal", ">=", greater_equal, {0, 1, 1})};
static const Register registered_less{comparison_entry("less", "<", less, {0, 0, 0})};
static const Register registered_less_equal{comparison_entry("less_equal", "<=", less_equal, {0, 1, 1})};

}  // namespace xgrad
