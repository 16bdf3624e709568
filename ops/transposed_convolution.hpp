#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace xgrad {

class Windows;

/// The transpose of a convolution as a map of its x, which the convolutions' gradients and conv1d_transpose are made
/// of: y (n, positions..., filters) and weights (taps..., channels / groups, filters) to (n, sizes..., channels).
Tensor transposed_convolution(const Tensor& y, const Tensor& weights, std::int64_t groups,
                              std::shared_ptr<const Windows> windows);

/// Checks what does not depend on windows: dtypes, the rank of the weights, groups and channels, of which those of x
/// are the weights' filters or their channels. Throws DTypeError, ShapeError or ValueError, with `where` as its first
/// word.
void expect_weights(std::string_view where, const Tensor& x, const Tensor& weights, std::size_t rank,
                    std::int64_t groups, bool meets_filters);

}  // namespace xgrad
