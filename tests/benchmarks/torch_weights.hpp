#pragma once

#include <xgrad/framework/core/array.hpp>

#include <torch/torch.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace xgrad::benchmark {

/// The memory of an array as a tensor: the array must stay.
template <Element T>
torch::Tensor as_torch(const Array& array) {
  return torch::from_blob(const_cast<T*>(array.data<T>().data()), array.shape(), torch::CppTypeToScalarType<T>::value);
}

/// The weights of a model with their axes in xgrad's order: kernels of linear layers have their outputs last there.
inline torch::Tensor linear_kernel(const torch::Tensor& weight) { return weight.detach().t(); }

/// The same for convolutions: (rows, columns, channels, filters).
inline torch::Tensor convolution_kernel(const torch::Tensor& weight) { return weight.detach().permute({2, 3, 1, 0}); }

/// Copies the weights that xgrad starts with to `targets`, which have their axes in xgrad's order and are all weights
/// of `model`. Throws std::runtime_error when there are not as many of the same sizes.
inline void set_weights(const torch::nn::Module& model, const std::vector<torch::Tensor>& targets,
                        const std::vector<Array>& weights) {
  if (targets.size() != weights.size() || targets.size() != model.parameters().size()) {
    throw std::runtime_error("libtorch's model has " + std::to_string(model.parameters().size()) +
                             " weights, xgrad's has " + std::to_string(weights.size()));
  }
  for (std::size_t index = 0; index < weights.size(); ++index) {
    const auto value = as_torch<float>(weights[index]);
    if (value.sizes() != targets[index].sizes()) {
      throw std::runtime_error("weight " + std::to_string(index) + " has another size in libtorch");
    }
    targets[index].detach().copy_(value);
  }
}

}  // namespace xgrad::benchmark
