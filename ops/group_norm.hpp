#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Each sample of x, of shape (n, channels, ...), in `groups` of neighbouring channels: a group less its mean, divided
/// by its standard deviation, times `scale` plus `offset`, of which each channel has its own number:
///     (x - mean) / sqrt(variance + epsilon) * scale + offset
/// All have one floating-point dtype. Throws ShapeError when the shapes do not fit or the groups do not divide the
/// channels, ValueError unless groups and epsilon are positive. Source: Wu and He, "Group Normalization", 2018.
Tensor group_norm(const Tensor& x, std::int64_t groups, const Tensor& scale, const Tensor& offset,
                  double epsilon = 1e-5);

/// group_norm in which each channel is a group.
Tensor instance_norm(const Tensor& x, const Tensor& scale, const Tensor& offset, double epsilon = 1e-5);

}  // namespace xgrad
