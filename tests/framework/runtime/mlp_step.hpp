#pragma once

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

#include <vector>

namespace xgrad::test {

/// One RMSprop step of a two-layer network for classification: the graph every part of the runtime meets in practice.
struct MlpStep {
  explicit MlpStep(std::int64_t features = 50, std::int64_t hidden = 32, std::int64_t classes = 10)
      : x(input({batch, features}, "x")),
        y(input({batch, classes}, "y")),
        weights{parameter(sample_values({features, hidden}, -0.2, 0.2, 1).cast(DType::float32), "w1"),
                parameter(Array::zeros(DType::float32, {hidden}), "b1"),
                parameter(sample_values({hidden, classes}, -0.2, 0.2, 2).cast(DType::float32), "w2"),
                parameter(Array::zeros(DType::float32, {classes}), "b2")},
        loss(mean(categorical_crossentropy(
            y, softmax(dot(relu(dot(x, weights[0]) + weights[1]), weights[2]) + weights[3])))) {
    const auto slopes = gradients(loss, weights);
    for (std::size_t index = 0; index < weights.size(); ++index) {
      auto state = parameter(Array::zeros(DType::float32, weights[index].shape().extents()));
      auto squares = state * 0.9 + square(slopes[index]) * 0.1;
      updates.push_back({weights[index], weights[index] - slopes[index] * 0.001 / (sqrt(squares) + 1e-7)});
      updates.push_back({state, squares});
    }
  }

  Function compile() const { return xgrad::compile({x, y}, {loss}, updates); }

  /// A batch of inputs and one-hot targets.
  static std::vector<Array> batch_of(std::int64_t count, std::int64_t features = 50, std::int64_t classes = 10) {
    Array targets = Array::zeros(DType::float32, {count, classes});
    for (std::int64_t row = 0; row < count; ++row) targets.data<float>()[row * classes + row * 7 % classes] = 1;
    return {sample_values({count, features}, 0, 1, 3).cast(DType::float32), std::move(targets)};
  }

  Tensor x;
  Tensor y;
  std::vector<Tensor> weights;
  Tensor loss;
  Updates updates;
};

}  // namespace xgrad::test
