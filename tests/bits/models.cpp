#include "models.hpp"

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/optimizer.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/average_pool.hpp>
#include <xgrad/ops/batch_norm.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/convolution.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/dropout.hpp>
#include <xgrad/ops/gelu.hpp>
#include <xgrad/ops/layer_norm.hpp>
#include <xgrad/ops/lerp.hpp>
#include <xgrad/ops/linear.hpp>
#include <xgrad/ops/max_pool.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/moveaxis.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/scaled_dot_product_attention.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/slice.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/split.hpp>
#include <xgrad/ops/tanh.hpp>
#include <xgrad/ops/var.hpp>

#include <cmath>
#include <optional>
#include <utility>

namespace xgrad::test {
namespace {

constexpr std::int64_t classes = 5;

/// Puts a model together: weights, inputs and, from the graphs of training and inference, all the rest.
class Builder {
 public:
  Builder(std::string name, Extents sample_shape) : name_(std::move(name)), sample_shape_(std::move(sample_shape)) {}

  Tensor x() const { return x_; }

  /// A weight whose elements are uniform in [-range, range).
  Tensor weight(Extents shape, double range) {
    Array value(DType::float32, std::move(shape));
    fill_uniform({.seed = 1, .stream = all_.size()}, 0, value.data<float>());
    for (float& element : value.data<float>()) element = (element - 0.5f) * static_cast<float>(2 * range);
    return keep(std::move(value), true);
  }

  /// A weight whose elements are all `value`.
  Tensor constant_weight(std::int64_t size, float value, bool is_learned = true) {
    Array array(DType::float32, {size});
    for (float& element : array.data<float>()) element = value;
    return keep(std::move(array), is_learned);
  }

  /// linear(x, w, b) with new weights.
  Tensor dense(const Tensor& x, std::int64_t features, std::int64_t units) {
    const auto w = weight({features, units}, 1.5 / std::sqrt(static_cast<double>(features)));
    return linear(x, w, constant_weight(units, 0));
  }

  Model finish(const Tensor& inference, const Tensor& training, const Optimizer& optimizer, Updates updates = {}) {
    const auto y = input({batch, classes}, "y");
    const auto loss = mean(categorical_crossentropy(y, softmax(training)));
    const auto steps = optimizer.updates(learned_, gradients(loss, learned_));
    updates.insert(updates.end(), steps.begin(), steps.end());
    return {name_, sample_shape_, all_, x_, y, softmax(inference), loss, std::move(updates)};
  }

 private:
  static Shape batch_of(const Extents& sample) {
    std::vector<Dim> dims{batch};
    dims.insert(dims.end(), sample.begin(), sample.end());
    return Shape(dims);
  }

  Tensor keep(Array value, bool is_learned) {
    all_.push_back(parameter(std::move(value)));
    if (is_learned) learned_.push_back(all_.back());
    return all_.back();
  }

  std::string name_;
  Extents sample_shape_;
  Tensor x_ = input(batch_of(sample_shape_), "x");
  std::vector<Tensor> all_;
  std::vector<Tensor> learned_;
};

Model multilayer_perceptron() {
  Builder model("multilayer perceptron", {50});
  const auto hidden = relu(model.dense(model.x(), 50, 33));
  const auto scores = model.dense(tanh(model.dense(hidden, 33, 40)), 40, classes);
  return model.finish(scores, scores, RMSprop{});
}

Model convolutions() {
  Builder model("convolutions", {12, 11, 3});
  const auto first = relu(conv2d(model.x(), model.weight({3, 3, 3, 8}, 0.3), {.padding = "same"}));
  const auto second = relu(conv2d(max_pool2d(first, 2), model.weight({3, 3, 8, 12}, 0.2), {.strides = 2}));
  const auto third = conv2d(second, model.weight({1, 2, 6, 12}, 0.3), {.groups = 2});
  const auto scores = model.dense(global_average_pool(third), 12, classes);
  return model.finish(scores, scores, Adam{.learning_rate = 0.01});
}

Model attention() {
  constexpr std::int64_t tokens = 9;
  constexpr std::int64_t width = 20;
  constexpr std::int64_t heads = 2;
  Builder model("attention", {tokens, width});
  const auto normal = [&](const Tensor& x) {
    const auto scale = model.constant_weight(width, 1);
    const auto offset = model.constant_weight(width, 0);
    return layer_norm(x, scale, offset);
  };
  const auto by_head = [&](const Tensor& x) {
    return swapaxes(reshape(model.dense(x, width, width), {batch, tokens, heads, width / heads}), 1, 2);
  };
  const auto before = normal(model.x());
  // One after the other: compilers evaluate the arguments of a function in any order.
  const auto query = by_head(before);
  const auto key = by_head(before);
  const auto value = by_head(before);
  const auto seen = scaled_dot_product_attention(query, key, value, {.causal = true});
  const auto mixed = model.x() + model.dense(reshape(swapaxes(seen, 1, 2), {batch, tokens, width}), width, width);
  const auto thought = mixed + model.dense(gelu(model.dense(normal(mixed), width, 2 * width)), 2 * width, width);
  const auto scores = model.dense(mean(thought, 1), width, classes);
  return model.finish(scores, scores, Adam{.learning_rate = 0.01});
}

Model batch_norm_and_dropout() {
  constexpr std::int64_t width = 48;
  Builder model("batch norm and dropout", {20});
  const auto hidden = model.dense(model.x(), 20, width);
  const auto scale = model.constant_weight(width, 1);
  const auto offset = model.constant_weight(width, 0);
  const auto running_mean = model.constant_weight(width, 0, false);
  const auto running_variance = model.constant_weight(width, 1, false);
  const auto drawn = parameter(Array(std::int64_t{0}), "drawn");
  Updates updates{{drawn, drawn + 1},
                  {running_mean, lerp(running_mean, mean(hidden, 0), 0.1)},
                  {running_variance, lerp(running_variance, var(hidden, 0), 0.1)}};
  const auto w = model.weight({width, classes}, 0.3);
  const auto training = dot(dropout(relu(batch_norm(hidden, scale, offset)), 0.25, drawn, 7), w);
  const auto inference = dot(relu(batch_norm(hidden, running_mean, running_variance, scale, offset)), w);
  return model.finish(inference, training, SGD{.learning_rate = 0.1, .momentum = 0.9}, std::move(updates));
}

Model lstm() {
  constexpr std::int64_t steps = 6;
  constexpr std::int64_t features = 7;
  constexpr std::int64_t units = 19;
  Builder model("LSTM cell, unrolled", {steps, features});
  const auto w = model.weight({features, 4 * units}, 0.4);
  const auto recurrent = model.weight({units, 4 * units}, 0.3);
  const auto bias = model.constant_weight(4 * units, 0.1f);
  std::optional<Tensor> hidden;
  std::optional<Tensor> memory;
  for (std::int64_t step = 0; step < steps; ++step) {
    const auto x = reshape(slice(model.x(), {.start = step, .stop = step + 1}, 1), {batch, features});
    auto sums = linear(x, w, bias);
    if (hidden) sums = sums + dot(*hidden, recurrent);
    const auto gates = split(sums, 4, 1);
    const auto fresh = sigmoid(gates[0]) * tanh(gates[1]);
    memory = memory ? sigmoid(gates[2]) * *memory + fresh : fresh;
    hidden = sigmoid(gates[3]) * tanh(*memory);
  }
  const auto scores = model.dense(*hidden, units, classes);
  return model.finish(scores, scores, RMSprop{.learning_rate = 0.01});
}

}  // namespace

std::vector<Model> models() {
  return {multilayer_perceptron(), convolutions(), attention(), batch_norm_and_dropout(), lstm()};
}

Array samples_of(const Model& model, std::int64_t first, std::int64_t count) {
  const auto elements = element_count(model.sample_shape);
  Extents shape = model.sample_shape;
  shape.insert(shape.begin(), count);
  Array result(DType::float32, std::move(shape));
  fill_uniform({.seed = 2}, static_cast<std::uint64_t>(first * elements), result.data<float>());
  for (float& element : result.data<float>()) element = 2 * element - 1;
  return result;
}

Array targets_of(std::int64_t first, std::int64_t count) {
  Array result = Array::zeros(DType::float32, {count, classes});
  for (std::int64_t row = 0; row < count; ++row) {
    const auto label = random_bits({.seed = 3}, static_cast<std::uint64_t>(first + row)) % classes;
    result.data<float>()[static_cast<std::size_t>(row * classes) + label] = 1;
  }
  return result;
}

void train(const Model& model) {
  auto step = compile({model.x, model.y}, {model.loss}, model.updates);
  std::int64_t first = 0;
  for (const std::int64_t count : {24, 24, 17, 24, 24}) {
    step(samples_of(model, first, count), targets_of(first, count));
    first += count;
  }
}

}  // namespace xgrad::test
