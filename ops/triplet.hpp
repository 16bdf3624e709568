#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// How `triplet` measures.
struct TripletOptions {
  double margin = 1;
  double epsilon = 1e-6;  ///< added to differences, as in PyTorch, so that a distance of 0 has derivatives
};

/// max(|anchor - positive| - |anchor - negative| + margin, 0) with the Euclidean distances along the last axis: one
/// value for each sample. All have one shape and one floating-point dtype. The derivative is 0 where the margin is just
/// kept. Throws ValueError unless epsilon > 0. Source: Balntas et al., "Learning Local Feature Descriptors with
/// Triplets and Shallow Convolutional Neural Networks", 2016.
Tensor triplet(const Tensor& anchor, const Tensor& positive, const Tensor& negative,
               const TripletOptions& options = {});

}  // namespace xgrad
