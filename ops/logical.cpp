#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/negative.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorEntry logical_entry(std::string name, std::string word, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {
      .name = name,
      .family = OperatorFamily::binary,
      .signature = name + "(left, right)",
      .summary = "Whether left " + word + " right, element by element, with broadcasting.",
      .formula = "left " + word + " right, where 0 is false",
      .gradient = "none: the result is boolean",
      .samples =
          [=] {
            auto samples = binary_samples(function);
            const auto build = [=](auto x) { return function(x[0], x[1]); };
            samples.push_back(
                {"booleans",
                 {xt::xarray<bool>{{true, true}, {false, false}}, xt::xarray<bool>{{true, false}, {true, false}}},
                 build});
            samples.push_back({"integers", {xt::xarray<int>{0, 0, 2, 1}, xt::xarray<int>{0, 1, 0, 2}}, build});
            samples.push_back({"zeros", {xt::xarray<double>{0, -0.0, 0.5}, xt::xarray<double>{0, 1, 0}}, build});
            return samples;
          },
      .rejections = [=] { return binary_rejections(name, function); },
  };
}

}  // namespace

// `&` and `|` instead of `&&` and `||`, which are branches.
Tensor logical_and(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise_loop<2, AllTypes>("logical_and", [](auto x, auto y) -> bool { return (x != 0) & (y != 0); });
  return apply(op, {left, right});
}

Tensor logical_or(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise_loop<2, AllTypes>("logical_or", [](auto x, auto y) -> bool { return (x != 0) | (y != 0); });
  return apply(op, {left, right});
}

Tensor logical_xor(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise_loop<2, AllTypes>("logical_xor", [](auto x, auto y) { return (x != 0) != (y != 0); });
  return apply(op, {left, right});
}

Tensor logical_not(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>("logical_not", [](auto x) { return x == 0; });
  return apply(op, {x});
}

static const Register registered_logical_and{with_cases(logical_entry("logical_and", "and", logical_and), [] {
  return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 0}), special_array({1, -0.0})}, .value = {1, 0}}};
})};
static const Register registered_logical_or{with_cases(logical_entry("logical_or", "or", logical_or), [] {
  return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 0}), special_array({1, -0.0})}, .value = {1, 0}}};
})};
static const Register registered_logical_xor{with_cases(logical_entry("logical_xor", "xor", logical_xor), [] {
  return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 0}), special_array({1, -0.0})}, .value = {0, 0}}};
})};

static const Register registered_logical_not{{
    .name = "logical_not",
    .signature = "logical_not(x)",
    .summary = "Whether x is false, which is 0.",
    .formula = "x = 0",
    .gradient = "none: the result is boolean",
    .samples =
        [] {
          auto samples = unary_samples(logical_not);
          const auto build = [](auto x) { return logical_not(x[0]); };
          samples.push_back({"booleans", {xt::xarray<bool>{true, false}}, build});
          samples.push_back({"integers", {xt::xarray<int>{-3, 0, 5}}, build});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"use as a number", [] { negative(logical_not(input({3}))); }, "but got bool; cast the input"}};
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, -0.0, NAN})}, .value = {1, 1, 0}}};
        },
}};

}  // namespace xgrad
