#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <string>
#include <utility>
#include <vector>

namespace xgrad {

/// A range for `sample_values`.
struct SampleRange {
  double low = -2;
  double high = 2;
};

/// The samples that losses of a target and a prediction of one shape share. `arguments` says what `function` passes on.
template <class Function>
std::vector<Sample> loss_samples(Function function, SampleRange target = {}, SampleRange prediction = {},
                                 std::map<std::string, std::vector<double>> arguments = {}) {
  std::vector<Sample> samples;
  for (const Extents& shape : {Extents{3, 4}, {2, 3, 4}, {1}, {0, 4}}) {
    samples.push_back(
        {to_string(shape),
         {sample_values(shape, target.low, target.high), sample_values(shape, prediction.low, prediction.high, 1)},
         [=](auto x) { return function(x[0], x[1]); },
         arguments});
  }
  return samples;
}

/// One more sample, a matrix, for a way to call the loss that `label` describes.
template <class Function>
Sample loss_sample(std::string label, Function function, std::map<std::string, std::vector<double>> arguments,
                   SampleRange target = {}, SampleRange prediction = {}) {
  return {std::move(label),
          {sample_values({3, 4}, target.low, target.high), sample_values({3, 4}, prediction.low, prediction.high, 1)},
          [=](auto x) { return function(x[0], x[1]); },
          std::move(arguments)};
}

/// The rejections that losses of a target and a prediction of one shape share.
inline std::vector<Rejection> loss_rejections(std::string name, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {
      {"shapes that differ",
       [=] {
         function(input({batch, 3}), input({batch, 1}));
       },
       name + ": target shape (batch, 3) and prediction shape (batch, 1) differ"},
      {"scalars", [=] { function(input({}), input({})); }, name + ": expected at least one axis"},
      {"mixed dtypes", [=] { function(input({3}, {}, DType::float64), input({3})); },
       name + ": target dtype float64 and prediction dtype float32 differ"},
      {"integers", [=] { function(input({3}, {}, DType::int32), input({3}, {}, DType::int32)); },
       name + ": expected float32 or float64, but got int32"},
  };
}

}  // namespace xgrad
