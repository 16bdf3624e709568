// Two layers of LSTM that predict the next of 65 characters, as char-rnn, trained with Adam.

#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "suite.hpp"
#include "text_data.hpp"
#include "text_trainer.hpp"
#include "torch_trainers.hpp"
#include "training_workload.hpp"
#include <cmath>
#include <memory>
#include <span>

namespace xgrad::benchmark {

namespace {

constexpr std::size_t layers = 2;
constexpr std::size_t weights_of_layer = 4;  // kernel, recurrent kernel, and a bias for each as in libtorch

/// The hidden state of each step for x (samples, steps, inputs): (samples, steps, units).
Tensor lstm(const Tensor& x, std::span<const Tensor> weights) {
  const Dim samples = x.shape()[0];
  const Dim steps = x.shape()[1];
  const Dim units = weights[1].shape()[0];
  const auto rows = matmul(reshape(x, {samples * steps, x.shape()[2]}), weights[0]) + (weights[2] + weights[3]);
  const auto projected = reshape(rows, {samples, steps, units * 4});
  std::optional<Tensor> hidden;
  std::optional<Tensor> cell;
  std::vector<Tensor> states;
  for (const auto& step : split(projected, steps.value(), 1)) {
    auto sums = reshape(step, {samples, units * 4});
    if (hidden) sums = sums + matmul(*hidden, weights[1]);
    const auto gates = split(sums, 4, 1);
    const auto added = sigmoid(gates[0]) * tanh(gates[2]);
    cell = cell ? sigmoid(gates[1]) * *cell + added : added;
    hidden = sigmoid(gates[3]) * tanh(*cell);
    states.push_back(*hidden);
  }
  return stack(states, 1);
}

Function make_step(const TextData& data) {
  const auto inputs = input({batch, data.steps}, "inputs", DType::int64);
  const auto targets = input({batch, data.steps}, "targets", DType::int64);
  std::vector<Tensor> weights;
  for (const auto& weight : data.weights) weights.push_back(parameter(weight));
  const std::span all(weights);

  auto x = embedding(weights[0], inputs);
  for (std::size_t layer = 0; layer < layers; ++layer) {
    x = lstm(x, all.subspan(1 + layer * weights_of_layer, weights_of_layer));
  }
  const Dim rows = batch * data.steps;
  const auto logits = matmul(reshape(x, {rows, x.shape()[2]}), weights[weights.size() - 2]) + weights.back();
  const auto loss = mean(sparse_categorical_crossentropy(reshape(targets, {rows}), logits, {.from_logits = true}));
  return compile({inputs, targets}, {loss}, Adam{}.updates(weights, gradients(loss, weights)));
}

std::shared_ptr<const TextData> make_data(std::int64_t samples, std::int64_t steps, std::int64_t units) {
  constexpr std::int64_t characters = 65;
  auto data = random_text(characters, 8, samples, steps);
  const auto add = [&](Extents shape) {
    const double bound = 1 / std::sqrt(static_cast<double>(units));
    data.weights.push_back(uniform_weights(std::move(shape), bound, data.weights.size()));
  };
  add({characters, units});
  for (std::size_t layer = 0; layer < layers; ++layer) {
    add({units, 4 * units});
    add({units, 4 * units});
    add({4 * units});
    add({4 * units});
  }
  add({units, characters});
  add({characters});
  return std::make_shared<const TextData>(std::move(data));
}

std::vector<Product> products(int samples, int steps, int units) {
  // From states to gates in each step, and from gates back to states; the gradients of weights over all steps at once.
  std::vector<Product> result = layer_products(samples * steps, units, 65);
  for (std::size_t layer = 0; layer < layers; ++layer) {
    const auto projection = layer_products(samples * steps, units, 4 * units);
    result.insert(result.end(), projection.begin(), projection.end());
    result.push_back({samples, 4 * units, units, steps - 1});
    result.push_back({samples, units, 4 * units, steps - 1, false, true});
    result.push_back({units, 4 * units, samples * (steps - 1), 1, true});
  }
  return result;
}

}  // namespace

Workload lstm_workload(const SuiteOptions& options) {
  const int samples = options.quick ? 3 : 64;
  const int steps = options.quick ? 5 : 64;
  const int units = options.quick ? 8 : 128;
  const auto name = fmt::format("LSTM, 2 layers of {}, {} steps, {}", units, steps, samples);
  return training_workload(name, options.quick ? 2 : 10, [=] {
    const auto data = make_data(samples, steps, units);
    return TrainingModel{
        .xgrad = [=] { return std::make_unique<TextTrainer>(data, make_step(*data)); },
        .torch = torch_lstm(data, units),
        .products = products(samples, steps, units),
    };
  });
}

}  // namespace xgrad::benchmark
