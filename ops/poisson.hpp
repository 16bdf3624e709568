#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Mean of prediction - target * log(prediction + 1e-7) over the last axis: the negative log-likelihood, but for what
/// does not vary with the prediction, of counts with a Poisson distribution; one value for each sample, as in Keras.
/// Both have one shape and one floating-point dtype.
Tensor poisson(const Tensor& target, const Tensor& prediction);

/// How `poisson_nll` reads a prediction.
struct PoissonNllOptions {
  bool log_input = true;  ///< the prediction is the logarithm of the expected count
  double epsilon = 1e-8;  ///< added to a prediction that is no logarithm
};

/// Mean of e^prediction - target * prediction over the last axis or, without `log_input`, of prediction - target *
/// log(prediction + epsilon): `poisson` with the defaults of PyTorch.
Tensor poisson_nll(const Tensor& target, const Tensor& prediction);
Tensor poisson_nll(const Tensor& target, const Tensor& prediction, const PoissonNllOptions& options);

}  // namespace xgrad
