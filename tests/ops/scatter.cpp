#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/gather.hpp>
#include <xgrad/ops/scatter.hpp>

#include "along_axis_samples.hpp"
#include <string>
#include <utility>
#include <vector>

namespace xgrad {
namespace {

using ScatterFunction = Tensor (*)(const Tensor&, std::int64_t, const Tensor&, const Tensor&);

OperatorSamples scatter_samples(std::string name, ScatterFunction function) {
  return {
      .samples =
          [=] {
            auto samples = along_axis_samples([=](Extents x, Array indices, std::int64_t axis) {
              auto values = sample_values(indices.shape(), -2, 2, 1);
              return Sample{{}, {sample_values(std::move(x)), std::move(indices), std::move(values)}, [=](auto inputs) {
                              return function(inputs[0], axis, inputs[1], inputs[2]);
                            }};
            });
            samples.push_back({"values repeated",
                               {sample_values({2, 3}), xt::xarray<int>{{0, 2}, {1, 0}}, sample_values({2}, -2, 2, 1)},
                               [=](auto inputs) { return function(inputs[0], 1, inputs[1], inputs[2]); },
                               {{"axis", {1}}}});
            return samples;
          },
      .rejections =
          [=] {
            const auto indices = [](Shape shape) { return input(std::move(shape), {}, DType::int32); };
            return std::vector<Rejection>{
                {"indices that are no integers", [=] { function(input({3}), 0, input({2}), input({2})); },
                 name + ": expected integer indices, but got float32"},
                {"indices larger than x",
                 [=] {
                   function(input({2, 3}), 1, indices({3, 3}), input({3, 3}));
                 },
                 name + ": expected indices with the axes of x (2, 3)"},
                {"values that do not broadcast", [=] { function(input({3}), 0, indices({2}), input({3})); },
                 name + ": expected values that broadcast to the indices' shape (2,), but got (3,)"},
                {"values of another dtype",
                 [=] { function(input({3}), 0, indices({2}), input({2}, {}, DType::float64)); },
                 name + ": expected values of float32, the dtype of x, but got float64"},
                {"an axis that does not exist", [=] { function(input({3}), 1, indices({2}), input({2})); },
                 name + ": axis 1"},
            };
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_scatter{"scatter", scatter_samples("scatter", scatter)};

static const RegisterSamples samples_of_scatter_add{"scatter_add", scatter_samples("scatter_add", scatter_add)};

static const RegisterSamples samples_of_gather_last{
    "gather_last",
    {
        .samples = [] { return along_axis_samples(gather_last); },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"indices that are no integers", [] { gather_last(input({3}), 0, input({2})); },
                   "gather_last: expected integer indices, but got float32"},
              };
            },
    }};

}  // namespace xgrad
