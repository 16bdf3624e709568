#include "hand_written_mlp.hpp"

#include <xgrad/framework/runtime/task_arithmetic.hpp>

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace xgrad::benchmark {

namespace {

// Restricted pointers in a function of its own: with members or captured references the compiler must assume that every
// store may change the addresses, and leaves the loop scalar.
void rmsprop(float* __restrict values, float* __restrict state, const float* __restrict gradient, std::size_t count) {
  for (std::size_t index = 0; index < count; ++index) {
    const float slope = gradient[index];
    state[index] = 0.9f * state[index] + 0.1f * slope * slope;
    values[index] -= 0.001f * slope / (std::sqrt(state[index]) + 1e-7f);
  }
}

void add_bias_and_relu(float* __restrict rows, const float* __restrict bias, int count, int columns) {
  for (int row = 0; row < count; ++row, rows += columns) {
    for (int column = 0; column < columns; ++column) rows[column] = std::max(rows[column] + bias[column], 0.0f);
  }
}

void mask(float* __restrict delta, const float* __restrict activation, std::size_t count) {
  for (std::size_t index = 0; index < count; ++index) delta[index] = activation[index] > 0 ? delta[index] : 0.0f;
}

void sum_rows(float* __restrict sum, const float* __restrict rows, int count, int columns) {
  std::fill(sum, sum + columns, 0.0f);
  for (int row = 0; row < count; ++row, rows += columns) {
    for (int column = 0; column < columns; ++column) sum[column] += rows[column];
  }
}

}  // namespace

HandWrittenMlp::HandWrittenMlp(std::vector<int> sizes, int batch_size, int threads, const SgemmLibrary& library)
    : rows_(static_cast<std::size_t>(batch_size) * sizes.front()),
      losses_(static_cast<std::size_t>(batch_size)),
      hits_(static_cast<std::size_t>(batch_size)),
      batch_size_(batch_size),
      threads_(threads),
      library_(library) {
  std::size_t multiplications = 0;
  for (std::size_t index = 0; index + 1 < sizes.size(); ++index) {
    const int inputs = sizes[index];
    const int outputs = sizes[index + 1];
    const auto elements = static_cast<std::size_t>(inputs) * outputs;
    const auto width = static_cast<std::size_t>(outputs);
    const auto cells = static_cast<std::size_t>(batch_size) * width;
    using Values = std::vector<float>;
    Layer layer{inputs,        outputs,          Values(elements), Values(width), Values(elements),
                Values(width), Values(elements), Values(width),    Values(cells), Values(cells)};
    const float limit = std::sqrt(6.0f / static_cast<float>(inputs + outputs));
    std::uniform_real_distribution<float> uniform(-limit, limit);
    for (auto& weight : layer.weight) weight = uniform(random_);
    layers_.push_back(std::move(layer));
    multiplications += elements * static_cast<std::size_t>(batch_size);
  }
  // Below this a step is over before another thread has woken up.
  if (multiplications < 1'000'000) threads_ = 1;
  block_rows_ = (batch_size + threads_ - 1) / threads_;
  plan_tiles();
}

void HandWrittenMlp::plan_tiles() {
  constexpr std::size_t worth_sharing = 16'384;
  for (int layer = 0; layer < static_cast<int>(layers_.size()); ++layer) {
    const int inputs = layers_[static_cast<std::size_t>(layer)].inputs;
    const auto elements = layers_[static_cast<std::size_t>(layer)].weight.size();
    int tiles = static_cast<int>((elements + library_.largest_tile - 1) / library_.largest_tile);
    if (elements >= worth_sharing) tiles = (tiles + threads_ - 1) / threads_ * threads_;
    for (int tile = 0; tile < tiles; ++tile) {
      const int first = inputs * tile / tiles;
      tiles_.push_back({layer, first, inputs * (tile + 1) / tiles - first});
    }
  }
}

HandWrittenMlp::Result HandWrittenMlp::train_epoch(std::span<const float> images,
                                                   std::span<const std::uint8_t> labels) {
  const int count = static_cast<int>(labels.size());
  std::vector<std::uint32_t> order(labels.size());
  std::iota(order.begin(), order.end(), 0u);
  std::shuffle(order.begin(), order.end(), random_);
  const auto for_each = [&](int tasks, const auto& work) {
    const auto task = [&](int index) {
      const TaskArithmetic arithmetic;
      work(index);
    };
    if (threads_ == 1 || tasks == 1) {
      for (int index = 0; index < tasks; ++index) task(index);
    } else {
      tbb::parallel_for(0, tasks, 1, task, tbb::simple_partitioner{});
    }
  };
  double loss = 0;
  std::size_t hits = 0;
  for (int first = 0; first < count; first += batch_size_) {
    const int batch_count = std::min(batch_size_, count - first);
    const Batch batch{images, labels,
                      std::span(order).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(batch_count))};
    for_each((batch_count + block_rows_ - 1) / block_rows_, [&](int block) {
      run_rows(batch, block * block_rows_, std::min((block + 1) * block_rows_, batch_count));
    });
    for_each(static_cast<int>(tiles_.size()),
             [&](int tile) { update_tile(tiles_[static_cast<std::size_t>(tile)], batch_count); });
    loss = std::accumulate(losses_.begin(), losses_.begin() + batch_count, loss);
    hits = std::accumulate(hits_.begin(), hits_.begin() + batch_count, hits);
  }
  return {loss / count, static_cast<double>(hits) / count};
}

void HandWrittenMlp::run_rows(const Batch& batch, int begin, int end) {
  const auto start = static_cast<std::size_t>(begin);
  const int count = end - begin;
  const auto features = static_cast<std::size_t>(layers_.front().inputs);
  for (std::size_t row = start; row < static_cast<std::size_t>(end); ++row) {
    std::memcpy(&rows_[row * features], &batch.images[batch.samples[row] * features], features * sizeof(float));
  }
  const float* input = &rows_[start * features];
  for (auto& layer : layers_) {
    float* output = &layer.activation[start * static_cast<std::size_t>(layer.outputs)];
    library_.sgemm(false, false, count, layer.outputs, layer.inputs, input, layer.inputs, layer.weight.data(),
                   layer.outputs, output, layer.outputs);
    if (&layer != &layers_.back()) add_bias_and_relu(output, layer.bias.data(), count, layer.outputs);
    input = output;
  }
  classify(batch, begin, end);
  for (std::size_t index = layers_.size() - 1; index > 0; --index) {
    const auto& layer = layers_[index];
    auto& previous = layers_[index - 1];
    const auto width = static_cast<std::size_t>(layer.inputs);
    float* delta = &previous.delta[start * width];
    library_.sgemm(false, true, count, layer.inputs, layer.outputs,
                   &layer.delta[start * static_cast<std::size_t>(layer.outputs)], layer.outputs, layer.weight.data(),
                   layer.outputs, delta, layer.inputs);
    mask(delta, &previous.activation[start * width], static_cast<std::size_t>(count) * width);
  }
}

// Bias, softmax, cross-entropy, accuracy and the gradient of the logits in one pass.
void HandWrittenMlp::classify(const Batch& batch, int begin, int end) {
  auto& layer = layers_.back();
  const int classes = layer.outputs;
  const float* __restrict bias = layer.bias.data();
  const float scale = 1.0f / static_cast<float>(batch.samples.size());
  for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row) {
    float* __restrict values = &layer.activation[row * static_cast<std::size_t>(classes)];
    float* __restrict delta = &layer.delta[row * static_cast<std::size_t>(classes)];
    for (int column = 0; column < classes; ++column) values[column] += bias[column];
    const int best = static_cast<int>(std::max_element(values, values + classes) - values);
    const float highest = values[best];
    float total = 0;
    for (int column = 0; column < classes; ++column) total += values[column] = std::exp(values[column] - highest);
    const int label = batch.labels[batch.samples[row]];
    hits_[row] = best == label;
    losses_[row] = std::log(total) - std::log(values[label] + 1e-30f);
    const float factor = scale / total;
    for (int column = 0; column < classes; ++column) delta[column] = values[column] * factor;
    delta[label] -= scale;
  }
}

void HandWrittenMlp::update_tile(const Tile& tile, int batch_count) {
  auto& layer = layers_[static_cast<std::size_t>(tile.layer)];
  const float* input = tile.layer ? layers_[static_cast<std::size_t>(tile.layer - 1)].activation.data() : rows_.data();
  const auto offset = static_cast<std::size_t>(tile.first_row) * static_cast<std::size_t>(layer.outputs);
  float* gradient = &layer.weight_gradient[offset];
  library_.sgemm(true, false, tile.rows, layer.outputs, batch_count, input + tile.first_row, layer.inputs,
                 layer.delta.data(), layer.outputs, gradient, layer.outputs);
  rmsprop(&layer.weight[offset], &layer.weight_state[offset], gradient,
          static_cast<std::size_t>(tile.rows) * static_cast<std::size_t>(layer.outputs));
  if (tile.first_row > 0) return;
  sum_rows(layer.bias_gradient.data(), layer.delta.data(), batch_count, layer.outputs);
  rmsprop(layer.bias.data(), layer.bias_state.data(), layer.bias_gradient.data(), layer.bias.size());
}

}  // namespace xgrad::benchmark
