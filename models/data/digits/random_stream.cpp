#include <xgrad/models/data/digits/random_stream.hpp>

namespace xgrad::digits {

float RandomStream::uniform() {
  const auto index = position_ % drawn_.size();
  if (index == 0) fill_uniform(key_, position_, drawn_);
  ++position_;
  return drawn_[index];
}

float RandomStream::uniform(float low, float high) { return low + (high - low) * uniform(); }

float RandomStream::normal() {
  float sum = 0;
  for (int i = 0; i < 4; ++i) sum += uniform();
  return (sum - 2.0f) * 1.7320508f;
}

}  // namespace xgrad::digits
