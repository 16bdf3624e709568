#include <xgrad/models/training/batches.hpp>
#include <xgrad/models/training/shuffle.hpp>

#include <algorithm>
#include <numeric>

namespace xgrad {

Batches::Batches(BatchAccess access, std::vector<ArrayRef> arrays, std::int64_t first, std::int64_t samples,
                 std::int64_t batch_size)
    : arrays_(std::move(arrays)),
      first_(first),
      samples_(samples),
      batch_size_(std::min(batch_size, std::max<std::int64_t>(samples, 1))),
      positions_(DType::int64, {access == BatchAccess::positions ? samples : 0}),
      arguments_(arrays_) {
  const auto positions = positions_.data<std::int64_t>();
  std::iota(positions.begin(), positions.end(), first);
  if (access == BatchAccess::positions) arguments_.emplace_back(positions_);
}

std::int64_t Batches::size(std::int64_t batch) const { return std::min(batch_size_, samples_ - batch * batch_size_); }

void Batches::shuffle(const RandomKey& key) {
  const auto positions = positions_.data<std::int64_t>();
  std::iota(positions.begin(), positions.end(), first_);
  xgrad::shuffle(positions, key);
}

std::span<const ArrayRef> Batches::arguments(std::int64_t batch) {
  const auto first = batch * batch_size_;
  if (arguments_.size() > arrays_.size()) {
    arguments_.back() = ArrayRef(positions_).rows(first, size(batch));
  } else {
    std::transform(arrays_.begin(), arrays_.end(), arguments_.begin(),
                   [&](const ArrayRef& array) { return array.rows(first_ + first, size(batch)); });
  }
  return arguments_;
}

}  // namespace xgrad
