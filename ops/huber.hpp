#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// How `huber` tells small differences from large ones.
struct HuberOptions {
  double delta = 1;  ///< the difference from which on the loss is a straight line
};

/// Mean over the last axis of d^2 / 2 where |d| <= delta, else delta * (|d| - delta / 2), with d = prediction - target:
/// one value for each sample. Both have one shape and one floating-point dtype. Throws ValueError unless delta > 0.
/// Source: Huber, "Robust Estimation of a Location Parameter", 1964.
Tensor huber(const Tensor& target, const Tensor& prediction);
Tensor huber(const Tensor& target, const Tensor& prediction, const HuberOptions& options);

/// How `smooth_l1` tells small differences from large ones.
struct SmoothL1Options {
  double beta = 1;  ///< the difference from which on the loss is |d| - beta / 2; 0 gives the mean absolute error
};

/// Huber's loss with delta = beta, divided by beta: its straight lines have slope 1. Throws ValueError unless
/// beta >= 0. Source: Girshick, "Fast R-CNN", 2015.
Tensor smooth_l1(const Tensor& target, const Tensor& prediction);
Tensor smooth_l1(const Tensor& target, const Tensor& prediction, const SmoothL1Options& options);

}  // namespace xgrad
