#include "text_data.hpp"

#include <algorithm>
#include <random>

namespace xgrad::benchmark {

TextData random_text(std::int64_t characters, std::int64_t batches, std::int64_t batch_size, std::int64_t steps) {
  TextData text{characters,
                batch_size,
                steps,
                Array(DType::int64, {batches, batch_size, steps}),
                Array(DType::int64, {batches, batch_size, steps}),
                {}};
  std::mt19937_64 random(1);
  const auto character = [&] {
    const auto count = static_cast<std::uint64_t>(characters);
    return static_cast<std::int64_t>(std::min(random() % count, random() % count));
  };
  const auto inputs = text.inputs.data<std::int64_t>();
  const auto targets = text.targets.data<std::int64_t>();
  auto next = character();
  for (std::size_t index = 0; index < inputs.size(); ++index) {
    inputs[index] = next;
    targets[index] = next = character();
  }
  return text;
}

}  // namespace xgrad::benchmark
