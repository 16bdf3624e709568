#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/isfinite.hpp>
#include <xgrad/ops/negative.hpp>

#include <cmath>
#include <limits>
#include <type_traits>

namespace xgrad {
namespace {

/// |x| of floating-point numbers; of integers, which are all finite, a 0. Comparing it is a loop that the compiler
/// makes vectors of, unlike std::isfinite.
template <class T>
auto magnitude(T x) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::abs(x);
  } else {
    return 0.0f;
  }
}

OperatorEntry number_kind_entry(std::string name, std::string kind, Tensor (*function)(const Tensor&)) {
  return {
      .name = name,
      .signature = name + "(x)",
      .summary = "Whether x is " + kind + ".",
      .formula = "true where x is " + kind,
      .gradient = "none: the result is boolean",
      .samples =
          [=] {
            auto samples = unary_samples(function);
            constexpr double infinity = std::numeric_limits<double>::infinity();
            constexpr double none = std::numeric_limits<double>::quiet_NaN();
            const auto build = [=](auto x) { return function(x[0]); };
            samples.push_back({"special values", {xt::xarray<double>{1, infinity, none, -infinity, -none, 0}}, build});
            samples.push_back({"integers", {xt::xarray<int>{-3, 0, 5}}, build});
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"use as a number", [=] { negative(function(input({3}))); }, "but got bool; cast the input"}};
          },
  };
}

}  // namespace

Tensor isnan(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>("isnan", [](auto x) { return !(x == x); });
  return apply(op, {x});
}

Tensor isinf(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>(
      "isinf", [](auto x) { return magnitude(x) == std::numeric_limits<decltype(magnitude(x))>::infinity(); });
  return apply(op, {x});
}

Tensor isfinite(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>(
      "isfinite", [](auto x) { return magnitude(x) <= std::numeric_limits<decltype(magnitude(x))>::max(); });
  return apply(op, {x});
}

static const Register registered_isnan{with_cases(number_kind_entry("isnan", "not a number", isnan), [] {
  return std::vector<SpecialCase>{{.inputs = {special_array({NAN, INFINITY, 1})}, .value = {1, 0, 0}}};
})};
static const Register registered_isinf{with_cases(number_kind_entry("isinf", "an infinity", isinf), [] {
  return std::vector<SpecialCase>{{.inputs = {special_array({NAN, -INFINITY, 1})}, .value = {0, 1, 0}}};
})};
static const Register registered_isfinite{
    with_cases(number_kind_entry("isfinite", "neither infinite nor not a number", isfinite), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, INFINITY, 1})}, .value = {0, 0, 1}}};
    })};

}  // namespace xgrad
