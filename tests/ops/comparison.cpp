#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/comparison.hpp>

#include <cmath>

namespace xgrad {
namespace {

/// `special` is what NaN, 0 and INFINITY give beside NaN, -0 and INFINITY.
OperatorSamples comparison_samples(std::string name, Tensor (*function)(const Tensor&, const Tensor&),
                                   std::vector<double> special) {
  return {
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

static const RegisterSamples samples_of_equal{"equal", comparison_samples("equal", equal, {0, 1, 1})};

static const RegisterSamples samples_of_not_equal{"not_equal", comparison_samples("not_equal", not_equal, {1, 0, 0})};

static const RegisterSamples samples_of_greater{"greater", comparison_samples("greater", greater, {0, 0, 0})};

static const RegisterSamples samples_of_greater_equal{"greater_equal",
                                                      comparison_samples("greater_equal", greater_equal, {0, 1, 1})};

static const RegisterSamples samples_of_less{"less", comparison_samples("less", less, {0, 0, 0})};

static const RegisterSamples samples_of_less_equal{"less_equal",
                                                   comparison_samples("less_equal", less_equal, {0, 1, 1})};

}  // namespace xgrad
