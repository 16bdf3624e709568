#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// What `gaussian_nll` adds and where it stops.
struct GaussianNllOptions {
  bool full = false;      ///< add the constant, log(2 * pi) / 2
  double epsilon = 1e-6;  ///< the smallest variance
};

/// Mean of (log(v) + (target - prediction)^2 / v) / 2 over the last axis, with v = max(variance, epsilon): the negative
/// log-likelihood of normal distributions whose mean and variance are predicted; one value for each sample. Target and
/// prediction have one shape, to which the variance broadcasts, and all of them one floating-point dtype. A variance
/// below epsilon gets no gradient. Throws ValueError unless epsilon > 0.
Tensor gaussian_nll(const Tensor& target, const Tensor& prediction, const Tensor& variance,
                    const GaussianNllOptions& options = {});

}  // namespace xgrad
