#include "hand_written_elementwise.hpp"

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

#include <algorithm>
#include <cmath>

namespace xgrad::benchmark {

namespace {

constexpr float rate = 0.1f;
constexpr float epsilon = 1e-5f;

// A generator that is a function of a counter, as a dropout must be that can be repeated: the finalizer of MurmurHash3.
std::uint32_t scramble(std::uint32_t bits) {
  bits ^= bits >> 16;
  bits *= 0x85ebca6bu;
  bits ^= bits >> 13;
  bits *= 0xc2b2ae35u;
  return bits ^ (bits >> 16);
}

void gelu_and_slope(float* __restrict value, float* __restrict slope, const float* __restrict x, int count) {
  for (int i = 0; i < count; ++i) {
    const float probability = 0.5f + 0.5f * std::erf(x[i] * 0.70710678f);
    value[i] = x[i] * probability;
    slope[i] = probability + x[i] * 0.39894228f * std::exp(-0.5f * x[i] * x[i]);
  }
}

}  // namespace

HandWrittenElementwise::HandWrittenElementwise(int rows, int columns, int threads)
    : rows_(rows),
      columns_(columns),
      threads_(threads),
      scale_(static_cast<std::size_t>(columns), 1.0f),
      offset_(static_cast<std::size_t>(columns)),
      x_gradient_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns)),
      scale_gradient_(static_cast<std::size_t>(columns)),
      offset_gradient_(static_cast<std::size_t>(columns)),
      blocks_(static_cast<std::size_t>(threads)) {
  for (auto& block : blocks_) {
    for (auto* row : {&block.activation, &block.slope, &block.normalized, &block.gradient, &block.scale_gradient,
                      &block.offset_gradient}) {
      row->resize(static_cast<std::size_t>(columns));
    }
  }
}

double HandWrittenElementwise::run(const float* x) {
  ++step_;
  const auto work = [&](int index) {
    Block& block = blocks_[static_cast<std::size_t>(index)];
    block.loss = 0;
    std::ranges::fill(block.scale_gradient, 0.0f);
    std::ranges::fill(block.offset_gradient, 0.0f);
    for (int row = rows_ * index / threads_; row < rows_ * (index + 1) / threads_; ++row) {
      const auto start = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_);
      run_row(block, x + start, &x_gradient_[start], static_cast<std::size_t>(row));
    }
  };
  if (threads_ == 1) {
    work(0);
  } else {
    tbb::parallel_for(0, threads_, 1, work, tbb::static_partitioner{});
  }
  double loss = 0;
  std::ranges::fill(scale_gradient_, 0.0f);
  std::ranges::fill(offset_gradient_, 0.0f);
  for (const auto& block : blocks_) {
    loss += block.loss;
    for (std::size_t i = 0; i < scale_gradient_.size(); ++i) {
      scale_gradient_[i] += block.scale_gradient[i];
      offset_gradient_[i] += block.offset_gradient[i];
    }
  }
  return loss / (static_cast<double>(rows_) * columns_);
}

void HandWrittenElementwise::run_row(Block& block, const float* x, float* x_gradient, std::size_t row) const {
  const int count = columns_;
  float* __restrict activation = block.activation.data();
  float* __restrict normalized = block.normalized.data();
  float* __restrict gradient = block.gradient.data();
  float* __restrict scale_gradient = block.scale_gradient.data();
  float* __restrict offset_gradient = block.offset_gradient.data();
  float* __restrict result = x_gradient;
  const float* __restrict slope = block.slope.data();
  const float* __restrict scale = scale_.data();
  const float* __restrict offset = offset_.data();
  gelu_and_slope(activation, block.slope.data(), x, count);

  float sum = 0;
  for (int i = 0; i < count; ++i) sum += activation[i];
  const float mean = sum / static_cast<float>(count);
  float squares = 0;
  for (int i = 0; i < count; ++i) squares += (activation[i] - mean) * (activation[i] - mean);
  const float inverse = 1 / std::sqrt(squares / static_cast<float>(count) + epsilon);

  const std::uint32_t key = scramble(step_ * 0x9e3779b9u + static_cast<std::uint32_t>(row));
  const auto limit = static_cast<std::uint32_t>(rate * 4294967296.0);
  const float kept = 1 / (1 - rate);
  const float factor = 2 / (static_cast<float>(rows_) * static_cast<float>(count));
  float loss = 0;
  float gradient_sum = 0;
  float gradient_dot = 0;
  for (int i = 0; i < count; ++i) {
    normalized[i] = (activation[i] - mean) * inverse;
    const float mask = scramble(key ^ static_cast<std::uint32_t>(i)) < limit ? 0.0f : kept;
    const float output = (normalized[i] * scale[i] + offset[i]) * mask;
    loss += output * output;
    const float cotangent = factor * output * mask;
    scale_gradient[i] += cotangent * normalized[i];
    offset_gradient[i] += cotangent;
    gradient[i] = cotangent * scale[i];
    gradient_sum += gradient[i];
    gradient_dot += gradient[i] * normalized[i];
  }
  block.loss += loss;
  gradient_sum /= static_cast<float>(count);
  gradient_dot /= static_cast<float>(count);
  for (int i = 0; i < count; ++i) {
    result[i] = (gradient[i] - gradient_sum - normalized[i] * gradient_dot) * inverse * slope[i];
  }
}

}  // namespace xgrad::benchmark
