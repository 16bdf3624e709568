#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <cmath>
#include <functional>
#include <span>
#include <vector>

namespace xgrad {

/// What a convolution along `rank` axes, or its transpose, gives of 0 and 1 and an infinite weight.
inline std::vector<SpecialCase> infinite_weight_cases(std::size_t rank,
                                                      std::function<Tensor(std::span<const Tensor>)> convolve) {
  Extents x(rank + 2, 1);
  x[rank] = 2;
  return {{.inputs = {special_array({0, 1}, x), special_array({INFINITY}, Extents(rank + 2, 1))},
           .value = {NAN, INFINITY},
           .gradient = {INFINITY, INFINITY},
           .build = std::move(convolve)}};
}

}  // namespace xgrad
