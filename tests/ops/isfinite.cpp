#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/isfinite.hpp>
#include <xgrad/ops/negative.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples number_kind_samples(Tensor (*function)(const Tensor&)) {
  return {
      .samples =
          [=] {
            auto samples = unary_samples(function);
            const auto build = [=](auto x) { return function(x[0]); };
            samples.push_back({"special values", {xt::xarray<double>{1, INFINITY, NAN, -INFINITY, -NAN, 0}}, build});
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

static const RegisterSamples samples_of_isnan{
    "isnan", with_cases(number_kind_samples(isnan), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, INFINITY, 1})}, .value = {1, 0, 0}}};
    })};

static const RegisterSamples samples_of_isinf{
    "isinf", with_cases(number_kind_samples(isinf), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, -INFINITY, 1})}, .value = {0, 1, 0}}};
    })};

static const RegisterSamples samples_of_isfinite{
    "isfinite", with_cases(number_kind_samples(isfinite), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, INFINITY, 1})}, .value = {0, 0, 1}}};
    })};

}  // namespace xgrad
