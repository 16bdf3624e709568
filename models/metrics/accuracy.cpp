#include <xgrad/models/metrics/accuracy.hpp>
#include <xgrad/ops/argmax.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/sigmoid.hpp>

namespace xgrad {

Tensor accuracy(const Tensor& target, const Tensor& prediction) {
  if (prediction.rank() > 0 && prediction.shape()[prediction.rank() - 1].is_one()) {
    return binary_accuracy(target, prediction);
  }
  if (!(target.shape() == prediction.shape())) return sparse_categorical_accuracy(target, prediction);
  return sigmoid_argument(prediction) ? binary_accuracy(target, prediction) : categorical_accuracy(target, prediction);
}

Tensor binary_accuracy(const Tensor& target, const Tensor& prediction) {
  return cast(equal(cast(greater(prediction, 0.5), target.dtype()), target), DType::float32);
}

Tensor categorical_accuracy(const Tensor& target, const Tensor& prediction) {
  return cast(equal(argmax(target, -1), argmax(prediction, -1)), DType::float32);
}

Tensor sparse_categorical_accuracy(const Tensor& target, const Tensor& prediction) {
  return cast(equal(cast(target, DType::int64), argmax(prediction, -1)), DType::float32);
}

}  // namespace xgrad
