#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <string>
#include <utility>
#include <vector>

namespace xgrad {

/// The samples that operators of a counter, a shape and a dtype share; `build` takes these three.
template <class Build>
std::vector<Sample> random_samples(Build build, std::vector<DType> dtypes = {DType::float32, DType::float64}) {
  std::vector<Sample> samples;
  const auto add = [&](std::string label, std::int64_t counter, Extents extents, DType dtype) {
    samples.push_back(
        {std::move(label),
         {Array(counter)},
         [=](auto inputs) { return build(inputs[0], Shape(extents), dtype); },
         {{"shape", {extents.begin(), extents.end()}}, {"dtype", {static_cast<double>(static_cast<int>(dtype))}}}});
  };
  add("matrix", 0, {3, 5}, dtypes.front());
  add("another counter", 1, {3, 5}, dtypes.front());
  add("another dtype", 2, {4, 3}, dtypes.back());
  add("scalar", 3, {}, dtypes.front());
  add("no elements", 4, {0, 3}, dtypes.front());
  return samples;
}

/// The rejections that operators of a counter share.
inline std::vector<Rejection> counter_rejections(std::string name, Tensor (*function)(const Tensor& counter)) {
  return {
      {"counter of rank 1", [=] { function(input({2}, {}, DType::int64)); },
       name + ": expected the counter to be a scalar, but got shape (2,)"},
      {"floating counter", [=] { function(input({})); }, name + ": expected the counter to be int64, but got float32"},
  };
}

}  // namespace xgrad
