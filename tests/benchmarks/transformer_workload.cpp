// A transformer that predicts the next of 65 characters: nanoGPT's recipe for processors, trained with AdamW. As there,
// linear layers and normalizations have no offsets, and the embedding of characters is the last layer as well.

#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "suite.hpp"
#include "text_data.hpp"
#include "text_trainer.hpp"
#include "torch_trainers.hpp"
#include "training_workload.hpp"
#include "transformer.hpp"
#include <cmath>
#include <memory>
#include <span>

namespace xgrad::benchmark {

namespace {

constexpr std::size_t weights_of_layer = 6;

/// Rows x (samples * steps, width) mixed along the steps by heads that look back.
Tensor attention(const Tensor& x, const Tensor& to_heads, const Tensor& from_heads, const Shape& heads) {
  std::vector<Tensor> parts;  // queries, keys and values: (samples, heads, steps, features)
  for (const auto& part : split(matmul(x, to_heads), 3, -1)) {
    parts.push_back(transpose(reshape(part, heads), {0, 2, 1, 3}));
  }
  const auto mixed = scaled_dot_product_attention(parts[0], parts[1], parts[2], {.causal = true});
  return matmul(reshape(transpose(mixed, {0, 2, 1, 3}), x.shape()), from_heads);
}

Tensor layer(const Tensor& x, std::span<const Tensor> weights, const Shape& heads) {
  const auto mixed = x + attention(standardize(x) * weights[0], weights[1], weights[2], heads);
  return mixed + matmul(gelu(matmul(standardize(mixed) * weights[3], weights[4])), weights[5]);
}

Function make_step(const TextData& data, const TransformerSizes& sizes) {
  const auto inputs = input({batch, data.steps}, "inputs", DType::int64);
  const auto targets = input({batch, data.steps}, "targets", DType::int64);
  std::vector<Tensor> weights;
  for (const auto& weight : data.weights) weights.push_back(parameter(weight));

  // Each step of each sample is a row; only attention tells samples apart.
  const Dim rows = batch * data.steps;
  const Shape heads{batch, data.steps, sizes.heads, sizes.width / sizes.heads};
  auto x = reshape(embedding(weights[0], inputs) + weights[1], {rows, sizes.width});
  for (std::size_t first = 2; first + 1 < weights.size(); first += weights_of_layer) {
    x = layer(x, std::span(weights).subspan(first, weights_of_layer), heads);
  }
  const auto logits = matmul(standardize(x) * weights.back(), transpose(weights[0]));
  const auto loss = mean(sparse_categorical_crossentropy(reshape(targets, {rows}), logits, {.from_logits = true}));

  const Adam adam{.learning_rate = sizes.learning_rate, .beta_2 = sizes.beta_2};
  auto updates = adam.updates(weights, gradients(loss, weights));
  // AdamW: matrices decay beside the step, not through the gradient.
  for (auto& [target, value] : updates) {
    if (std::find(weights.begin(), weights.end(), target) == weights.end() || target.rank() < 2) continue;
    value = value - target * (sizes.learning_rate * sizes.weight_decay);
  }
  return compile({inputs, targets}, {loss}, updates);
}

std::shared_ptr<const TextData> make_data(std::int64_t samples, std::int64_t steps, const TransformerSizes& sizes) {
  constexpr std::int64_t characters = 65;
  auto data = random_text(characters, 8, samples, steps);
  const auto width = sizes.width;
  const auto add = [&](Extents shape) {
    data.weights.push_back(uniform_weights(std::move(shape), 0.02 * std::sqrt(3.0), data.weights.size()));
  };
  const auto add_scale = [&] { data.weights.push_back(xt::xarray<float>(xt::ones<float>({width}))); };
  add({characters, width});
  add({steps, width});
  for (std::int64_t layer = 0; layer < sizes.layers; ++layer) {
    add_scale();
    add({width, 3 * width});
    add({width, width});
    add_scale();
    add({width, 4 * width});
    add({4 * width, width});
  }
  add_scale();
  return std::make_shared<const TextData>(std::move(data));
}

std::vector<Product> products(int samples, int steps, const TransformerSizes& sizes) {
  const auto width = static_cast<int>(sizes.width);
  const auto heads = static_cast<int>(sizes.heads);
  const int rows = samples * steps;
  std::vector<Product> result = layer_products(rows, width, 65);
  for (std::int64_t layer = 0; layer < sizes.layers; ++layer) {
    for (const auto& linear : {layer_products(rows, width, 3 * width), layer_products(rows, width, width),
                               layer_products(rows, width, 4 * width), layer_products(rows, 4 * width, width)}) {
      result.insert(result.end(), linear.begin(), linear.end());
    }
    // Scores and their gradient are made of queries and keys or values, the rest of scores and one of the three.
    result.push_back({steps, steps, width / heads, 2 * samples * heads, false, true});
    result.push_back({steps, width / heads, steps, 4 * samples * heads});
  }
  return result;
}

}  // namespace

Workload transformer_workload(const SuiteOptions& options) {
  TransformerSizes sizes;
  if (options.quick) sizes.width = 16;
  const int samples = options.quick ? 3 : 12;
  const int steps = options.quick ? 5 : 64;
  const auto name = fmt::format("transformer, {} layers, {} heads, {} wide, {} steps, {}", sizes.layers, sizes.heads,
                                sizes.width, steps, samples);
  return training_workload(name, options.quick ? 2 : 20, [=] {
    const auto data = make_data(samples, steps, sizes);
    return TrainingModel{
        .xgrad = [=] { return std::make_unique<TextTrainer>(data, make_step(*data, sizes)); },
        .torch = torch_transformer(data, sizes),
        .products = products(samples, steps, sizes),
    };
  });
}

}  // namespace xgrad::benchmark
