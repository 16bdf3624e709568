#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/random.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace xgrad {

/// How a function gets at the samples of a batch. Neither way copies them.
enum class BatchAccess {
  rows,       ///< as rows of the arrays, one after the other: batches follow each other through the arrays
  positions,  ///< as whole arrays and, in one more argument, the int64 positions of the batch's samples in them
};

/// Arrays whose rows are samples, cut into the batches of a pass.
class Batches {
 public:
  /// `samples` rows of every array, from row `first`. The last batch is smaller when `batch_size` does not divide them.
  Batches(BatchAccess access, std::vector<ArrayRef> arrays, std::int64_t first, std::int64_t samples,
          std::int64_t batch_size);

  std::span<const ArrayRef> arrays() const { return arrays_; }
  std::int64_t samples() const { return samples_; }
  std::int64_t batch_size() const { return batch_size_; }

  /// Number of batches.
  std::int64_t count() const { return (samples_ + batch_size_ - 1) / batch_size_; }

  /// Number of samples in one of them.
  std::int64_t size(std::int64_t batch) const;

  /// Puts the samples in a random order that depends on the key alone. Only with access by positions.
  void shuffle(const RandomKey& key);

  /// What the function takes for a batch, valid until the next call.
  std::span<const ArrayRef> arguments(std::int64_t batch);

 private:
  std::vector<ArrayRef> arrays_;
  std::int64_t first_;
  std::int64_t samples_;
  std::int64_t batch_size_;
  Array positions_;  ///< of all samples; no elements with access by rows
  std::vector<ArrayRef> arguments_;
};

}  // namespace xgrad
