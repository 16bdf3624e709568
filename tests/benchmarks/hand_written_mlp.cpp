#include "hand_written_mlp.hpp"

#include <cblas.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace xgrad::benchmark {

HandWrittenMlp::HandWrittenMlp(std::vector<int> sizes, int batch_size, int threads)
    : shards_(static_cast<std::size_t>(threads)), batch_size_(batch_size), threads_(threads) {
  openblas_set_num_threads(1);
  const int most_rows = (batch_size + threads - 1) / threads;
  for (auto& shard : shards_) shard.rows.resize(static_cast<std::size_t>(most_rows) * sizes.front());
  for (std::size_t index = 0; index + 1 < sizes.size(); ++index) {
    const int inputs = sizes[index];
    const int outputs = sizes[index + 1];
    const auto elements = static_cast<std::size_t>(inputs) * outputs;
    const auto width = static_cast<std::size_t>(outputs);
    Layer layer{inputs,
                outputs,
                std::vector<float>(elements),
                std::vector<float>(width),
                std::vector<float>(elements),
                std::vector<float>(width)};
    const float limit = std::sqrt(6.0f / static_cast<float>(inputs + outputs));
    std::uniform_real_distribution<float> uniform(-limit, limit);
    for (auto& weight : layer.weight) weight = uniform(random_);
    for (auto& shard : shards_) {
      shard.activations.emplace_back(static_cast<std::size_t>(most_rows) * width);
      shard.deltas.emplace_back(static_cast<std::size_t>(most_rows) * width);
      shard.weight_gradients.emplace_back(elements);
      shard.bias_gradients.emplace_back(width);
    }
    layers_.push_back(std::move(layer));
  }
}

HandWrittenMlp::Result HandWrittenMlp::train_epoch(std::span<const float> images,
                                                   std::span<const std::uint8_t> labels) {
  const int count = static_cast<int>(labels.size());
  std::vector<std::uint32_t> order(labels.size());
  std::iota(order.begin(), order.end(), 0u);
  std::shuffle(order.begin(), order.end(), random_);
  double loss = 0;
  int hits = 0;
  for (int first = 0; first < count; first += batch_size_) {
    const int batch_count = std::min(batch_size_, count - first);
    const int rows = (batch_count + threads_ - 1) / threads_;
    const auto work = [&](int index) {
      const int begin = std::min(index * rows, batch_count);
      const int end = std::min(begin + rows, batch_count);
      run_shard(
          shards_[static_cast<std::size_t>(index)], images, labels,
          std::span(order).subspan(static_cast<std::size_t>(first + begin), static_cast<std::size_t>(end - begin)),
          batch_count);
    };
    if (threads_ == 1) {
      work(0);
    } else {
      tbb::parallel_for(0, threads_, 1, work, tbb::static_partitioner{});
    }
    for (std::size_t index = 0; index < layers_.size(); ++index) {
      update(layers_[index].weight, layers_[index].weight_state, &Shard::weight_gradients, index);
      update(layers_[index].bias, layers_[index].bias_state, &Shard::bias_gradients, index);
    }
    for (const auto& shard : shards_) {
      loss += shard.loss;
      hits += shard.hits;
    }
  }
  return {loss / count, static_cast<double>(hits) / count};
}

void HandWrittenMlp::run_shard(Shard& shard, std::span<const float> images, std::span<const std::uint8_t> labels,
                               std::span<const std::uint32_t> samples, int batch_count) {
  const int count = static_cast<int>(samples.size());
  shard.loss = 0;
  shard.hits = 0;
  if (count == 0) {
    for (auto& gradient : shard.weight_gradients) std::fill(gradient.begin(), gradient.end(), 0.0f);
    for (auto& gradient : shard.bias_gradients) std::fill(gradient.begin(), gradient.end(), 0.0f);
    return;
  }
  const auto features = static_cast<std::size_t>(layers_.front().inputs);
  for (std::size_t row = 0; row < samples.size(); ++row) {
    std::memcpy(&shard.rows[row * features], &images[samples[row] * features], features * sizeof(float));
  }
  const float* input = shard.rows.data();
  for (std::size_t index = 0; index < layers_.size(); ++index) {
    const auto& layer = layers_[index];
    float* output = shard.activations[index].data();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, count, layer.outputs, layer.inputs, 1, input, layer.inputs,
                layer.weight.data(), layer.outputs, 0, output, layer.outputs);
    if (index + 1 < layers_.size()) {
      for (int row = 0; row < count; ++row) {
        for (int column = 0; column < layer.outputs; ++column) {
          float& value = output[row * layer.outputs + column];
          value = std::max(value + layer.bias[static_cast<std::size_t>(column)], 0.0f);
        }
      }
    }
    input = output;
  }
  classify(shard, labels, samples, batch_count);
  backward(shard, count);
}

// Bias, softmax, cross-entropy, accuracy and the gradient of the logits in one pass.
void HandWrittenMlp::classify(Shard& shard, std::span<const std::uint8_t> labels,
                              std::span<const std::uint32_t> samples, int batch_count) {
  const auto& layer = layers_.back();
  const int classes = layer.outputs;
  for (std::size_t row = 0; row < samples.size(); ++row) {
    float* values = &shard.activations.back()[row * static_cast<std::size_t>(classes)];
    float* delta = &shard.deltas.back()[row * static_cast<std::size_t>(classes)];
    for (int column = 0; column < classes; ++column) values[column] += layer.bias[static_cast<std::size_t>(column)];
    const int best = static_cast<int>(std::max_element(values, values + classes) - values);
    const float highest = values[best];
    float total = 0;
    for (int column = 0; column < classes; ++column) total += values[column] = std::exp(values[column] - highest);
    const int label = labels[samples[row]];
    shard.hits += best == label;
    for (int column = 0; column < classes; ++column) {
      values[column] /= total;
      delta[column] = (values[column] - static_cast<float>(column == label)) / static_cast<float>(batch_count);
    }
    shard.loss -= std::log(values[label] + 1e-30f);
  }
}

void HandWrittenMlp::backward(Shard& shard, int count) {
  for (std::size_t index = layers_.size(); index-- > 0;) {
    const auto& layer = layers_[index];
    const float* input = index ? shard.activations[index - 1].data() : shard.rows.data();
    const float* delta = shard.deltas[index].data();
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, layer.inputs, layer.outputs, count, 1, input, layer.inputs,
                delta, layer.outputs, 0, shard.weight_gradients[index].data(), layer.outputs);
    auto& bias = shard.bias_gradients[index];
    std::fill(bias.begin(), bias.end(), 0.0f);
    for (int row = 0; row < count; ++row) {
      for (int column = 0; column < layer.outputs; ++column)
        bias[static_cast<std::size_t>(column)] += delta[row * layer.outputs + column];
    }
    if (index == 0) return;
    float* previous = shard.deltas[index - 1].data();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, count, layer.inputs, layer.outputs, 1, delta, layer.outputs,
                layer.weight.data(), layer.outputs, 0, previous, layer.inputs);
    for (int element = 0; element < count * layer.inputs; ++element)
      previous[element] = input[element] > 0 ? previous[element] : 0.0f;
  }
}

void HandWrittenMlp::update(std::vector<float>& values, std::vector<float>& state,
                            std::vector<std::vector<float>> Shard::*gradients, std::size_t layer) {
  const auto step = [&](std::size_t begin, std::size_t end, auto gradient) {
    for (std::size_t index = begin; index < end; ++index) {
      const float slope = gradient(index);
      state[index] = 0.9f * state[index] + 0.1f * slope * slope;
      values[index] -= 0.001f * slope / (std::sqrt(state[index]) + 1e-7f);
    }
  };
  const auto range = [&](std::size_t begin, std::size_t end) {
    const float* first = (shards_[0].*gradients)[layer].data();
    if (threads_ == 1) {
      step(begin, end, [=](std::size_t index) { return first[index]; });
    } else if (threads_ == 2) {
      const float* second = (shards_[1].*gradients)[layer].data();
      step(begin, end, [=](std::size_t index) { return first[index] + second[index]; });
    } else {
      step(begin, end, [&](std::size_t index) {
        float sum = 0;
        for (const auto& shard : shards_) sum += (shard.*gradients)[layer][index];
        return sum;
      });
    }
  };
  constexpr std::size_t worth_sharing = 20'000;
  if (threads_ == 1 || values.size() < worth_sharing) {
    range(0, values.size());
  } else {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, values.size(), values.size() / static_cast<std::size_t>(threads_)),
        [&](const tbb::blocked_range<std::size_t>& part) { range(part.begin(), part.end()); },
        tbb::static_partitioner{});
  }
}

}  // namespace xgrad::benchmark
