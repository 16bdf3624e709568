#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/rounding.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples rounding_samples(std::string name, Tensor (*function)(const Tensor&),
                                 std::vector<SpecialPoint> points) {
  points.push_back({{2}, 2, 0});
  points.push_back({{-1e30}, -1e30, 0});
  points.push_back({{INFINITY}, INFINITY, 0});
  return {
      .samples =
          [=] {
            auto samples = unary_samples(function);
            samples.push_back({"integers", {xt::xarray<int>{-3, 0, 5}}, [=](auto x) { return function(x[0]); }});
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{{"booleans", [=] { function(input({3}, {}, DType::boolean)); },
                                           name + ": expected one of float32, float64, but got bool"}};
          },
      .points = std::move(points),
  };
}

}  // namespace

static const RegisterSamples samples_of_floor{"floor",
                                              rounding_samples("floor", floor, {{{1.5}, 1, 0}, {{-0.5}, -1, 0}})};

static const RegisterSamples samples_of_ceil{"ceil", rounding_samples("ceil", ceil, {{{1.5}, 2, 0}, {{-1.5}, -1, 0}})};

static const RegisterSamples samples_of_round{
    "round", rounding_samples("round", round, {{{0.5}, 0, 0}, {{1.5}, 2, 0}, {{2.5}, 2, 0}, {{-1.5}, -2, 0}})};

static const RegisterSamples samples_of_trunc{"trunc",
                                              rounding_samples("trunc", trunc, {{{1.5}, 1, 0}, {{-1.5}, -1, 0}})};

}  // namespace xgrad
