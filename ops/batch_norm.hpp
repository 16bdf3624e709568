#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Each channel less its mean, divided by its standard deviation, times `scale` plus `offset`, with the mean and the
/// variance (divided by the count) of x itself over all axes but that of the channels:
///     (x - mean) / sqrt(variance + epsilon) * scale + offset
/// `axis` is the one of the channels, of which scale and offset, and below mean and variance, have one number for each.
/// All have one floating-point dtype. Throws ShapeError when the shapes do not fit and ValueError unless epsilon is
/// positive. Source: Ioffe and Szegedy, "Batch Normalization", 2015.
///
/// For running averages take mean(x, axes) and its like beside it: equal parts of a graph are computed once.
Tensor batch_norm(const Tensor& x, const Tensor& scale, const Tensor& offset, std::int64_t axis = 1,
                  double epsilon = 1e-5);

/// The same with a mean and a variance that are given, those of the whole training data: for inference.
Tensor batch_norm(const Tensor& x, const Tensor& mean, const Tensor& variance, const Tensor& scale,
                  const Tensor& offset, std::int64_t axis = 1, double epsilon = 1e-5);

}  // namespace xgrad
