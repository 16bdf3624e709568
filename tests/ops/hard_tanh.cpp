#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/hard_tanh.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples hard_samples(std::string name, std::vector<SpecialPoint> points, Tensor (*function)(const Tensor&)) {
  return {
      .samples =
          [=] {
            auto samples = unary_samples(function);
            samples.push_back(
                {"on all sides of the kinks", {sample_values({3, 4}, -8, 8)}, [=](auto x) { return function(x[0]); }});
            return samples;
          },
      .rejections = [=] { return floating_rejections(name, function); },
      .points = std::move(points),
  };
}

}  // namespace

static const RegisterSamples samples_of_hard_tanh{
    "hard_tanh", [] {
      auto all = hard_samples(
          "hard_tanh", {{{1}, 1, 0}, {{-1}, -1, 0}, {{0}, 0, 1}, {{1000}, 1, 0}, {{-1000}, -1, 0}, {{NAN}, NAN, NAN}},
          hard_tanh);
      all.samples = [plain = all.samples] {
        auto samples = plain();
        samples.push_back({"between -0.5 and 1.5",
                           {sample_values({3, 4})},
                           [](auto x) { return hard_tanh(x[0], -0.5, 1.5); },
                           {{"low", {-0.5}}, {"high", {1.5}}}});
        return samples;
      };
      all.rejections = [plain = all.rejections] {
        auto rejections = plain();
        rejections.push_back(
            {"low above high", [] { hard_tanh(input({3}), 2, 1); }, "hard_tanh: expected low < high, but got 2 and 1"});
        return rejections;
      };
      return all;
    }()};

static const RegisterSamples samples_of_relu6{
    "relu6",
    hard_samples("relu6", {{{0}, 0, 0}, {{6}, 6, 0}, {{1000}, 6, 0}, {{-1000}, 0, 0}, {{NAN}, NAN, NAN}}, relu6)};

static const RegisterSamples samples_of_hard_sigmoid{
    "hard_sigmoid",
    hard_samples("hard_sigmoid",
                 {{{-3}, 0, 0}, {{3}, 1, 0}, {{0}, 0.5, 1.0 / 6}, {{1000}, 1, 0}, {{-1000}, 0, 0}, {{NAN}, NAN, NAN}},
                 hard_sigmoid)};

static const RegisterSamples samples_of_hard_swish{
    "hard_swish",
    hard_samples("hard_swish",
                 {{{-3}, 0, 0}, {{3}, 3, 1}, {{0}, 0, 0.5}, {{1000}, 1000, 1}, {{-1000}, 0, 0}, {{NAN}, NAN, NAN}},
                 hard_swish)};

}  // namespace xgrad
