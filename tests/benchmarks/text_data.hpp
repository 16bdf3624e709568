#pragma once

#include <xgrad/framework/core/array.hpp>

#include <cstdint>
#include <vector>

namespace xgrad::benchmark {

/// Text for a model that predicts the next character, and the model's weights at the start.
struct TextData {
  std::int64_t characters;
  std::int64_t batch_size;
  std::int64_t steps;  ///< of a sample
  Array inputs;        ///< (batches, batch_size, steps), int64
  Array targets;       ///< alike: the characters that follow
  std::vector<Array> weights;

  std::int64_t batches() const { return inputs.shape()[0]; }
};

/// Characters at random, with fewer of the last ones, so that there is something to learn.
TextData random_text(std::int64_t characters, std::int64_t batches, std::int64_t batch_size, std::int64_t steps);

}  // namespace xgrad::benchmark
