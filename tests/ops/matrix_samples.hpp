#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <functional>
#include <string>
#include <vector>

namespace xgrad {

/// Matrices whose singular values lie well apart, for samples.
inline Array separated_values(const Extents& shape) {
  Array x = sample_values(shape, -0.5, 0.5);
  const auto rows = static_cast<std::size_t>(shape[shape.size() - 2]);
  const auto columns = static_cast<std::size_t>(shape.back());
  auto values = x.data<double>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i / columns % rows == i % columns) values[i] += 1 + 1.5 * static_cast<double>(i % columns);
  }
  return x;
}

/// Square matrices, far from singular, for samples.
inline Array invertible_values(const Extents& shape) {
  Array x = sample_values(shape, -1, 1);
  const auto size = static_cast<std::size_t>(shape.back());
  auto values = x.data<double>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i / size % size == i % size) values[i] += static_cast<double>(size);
  }
  return x;
}

/// Calls `add` with a label and stacks of matrices of every kind, to be factored in samples.
inline void for_each_sample_matrix(const std::function<void(std::string label, Array x)>& add) {
  add("square", separated_values({3, 3}));
  add("tall", separated_values({3, 2}));
  add("wide", separated_values({2, 3}));
  add("stack", separated_values({2, 3, 2}));
  add("two leading axes", separated_values({2, 1, 2, 2}));
  add("one element", sample_values({1, 1}, -2, -1));
  add("no matrices", sample_values({0, 2, 2}));
  add("matrices of no rows", sample_values({2, 0, 3}));
}

/// The rejections of functions of matrices of a known size.
inline std::vector<Rejection> matrix_rejections(const std::string& name, void (*function)(const Tensor&)) {
  return {{"a vector", [=] { function(input({3})); },
           name + ": expected matrices in the last two axes, but got shape (3,)"},
          {"a symbol",
           [=] {
             function(input({batch, 3}));
           },
           name + ": expected matrices of a known size in the last two axes, but got shape (batch, 3)"},
          {"integers",
           [=] {
             function(input({2, 2}, {}, DType::int32));
           },
           name + ": expected float32 or float64"}};
}

}  // namespace xgrad
