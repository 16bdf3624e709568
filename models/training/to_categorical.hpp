#pragma once

#include <xgrad/framework/core/array.hpp>

#include <cstdint>
#include <optional>

namespace xgrad {
namespace internal {

// For the inline functions below: no type of xtensor crosses the border of the shared library (docs/safety.md).
Array to_categorical(const ArrayRef& labels, std::optional<std::int64_t> num_classes);

}  // namespace internal

/// Labels as rows with a 1 at the class and 0 elsewhere: (n,) -> (n, classes). As in Keras a last axis of size 1 is
/// dropped first. Without `num_classes` there are as many as the largest label asks for. Throws ValueError, naming
/// index and value, when a label is negative, fractional or not below `num_classes`.
inline xt::xarray<float> to_categorical(const ArrayRef& labels,
                                        std::optional<std::int64_t> num_classes = std::nullopt) {
  return internal::to_categorical(labels, num_classes);
}

}  // namespace xgrad
