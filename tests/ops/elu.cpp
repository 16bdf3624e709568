#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/elu.hpp>

#include <cmath>

namespace xgrad {
namespace {

constexpr double selu_scale = 1.0507009873554804934193349852946;
constexpr double selu_alpha = 1.6732632423543772848170429916717;
OperatorSamples exponential_linear_samples(std::string name, Tensor (*function)(const Tensor&)) {
  return {
      .samples = [=] { return unary_samples(function); },
      .rejections = [=] { return floating_rejections(name, function); },
      .points = {{{0}, 0, 1}, {{1000}, 1000, 1}, {{-1000}, -1, 0}, {{NAN}, NAN, NAN}},
  };
}

/// The samples of one that has a parameter.
OperatorSamples with_alpha(OperatorSamples all, Tensor (*function)(const Tensor&, double)) {
  all.samples = [function, plain = all.samples] {
    auto samples = plain();
    samples.push_back(
        {"alpha 0.7", {sample_values({3, 4})}, [=](auto x) { return function(x[0], 0.7); }, {{"alpha", {0.7}}}});
    return samples;
  };
  return all;
}

}  // namespace

static const RegisterSamples samples_of_elu{"elu", with_alpha(exponential_linear_samples("elu", elu), elu)};

static const RegisterSamples samples_of_selu{"selu", [] {
                                               auto all = exponential_linear_samples("selu", selu);
                                               all.points = {{{0}, 0, selu_scale * selu_alpha},
                                                             {{1000}, 1000 * selu_scale, selu_scale},
                                                             {{-1000}, -selu_scale * selu_alpha, 0},
                                                             {{NAN}, NAN, NAN}};
                                               return all;
                                             }()};

static const RegisterSamples samples_of_celu{
    "celu", [] {
      auto all = with_alpha(exponential_linear_samples("celu", celu), celu);
      all.rejections = [] {
        auto rejections = floating_rejections("celu", celu);
        rejections.push_back({"alpha 0", [] { celu(input({3}), 0); }, "celu: expected an alpha that is not 0"});
        return rejections;
      };
      return all;
    }()};

}  // namespace xgrad
