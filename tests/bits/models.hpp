#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace xgrad::test {

/// A small network, its training and its inference.
struct Model {
  std::string name;
  Extents sample_shape;
  std::vector<Tensor> weights;  ///< all parameters that training changes and inference reads
  Tensor x;                     ///< (batch, sample_shape...)
  Tensor y;                     ///< (batch, 5): what to learn, one-hot
  Tensor output;                ///< of inference: a row for each sample
  Tensor loss;                  ///< of training, a scalar
  Updates updates;              ///< of one step of training
};

/// A multilayer perceptron, convolutions, attention, batch norm and dropout, and an unrolled LSTM cell; each with
/// weights of its own at their first values.
std::vector<Model> models();

/// `count` samples for a model, from `first` on: numbers uniform in [-1, 1).
Array samples_of(const Model& model, std::int64_t first, std::int64_t count);

/// What `count` samples are to be taken for, from `first` on.
Array targets_of(std::int64_t first, std::int64_t count);

/// Trains a model for some steps on batches of 24 samples, and one smaller.
void train(const Model& model);

}  // namespace xgrad::test
