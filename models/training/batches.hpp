#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/random.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace xgrad {

/// An array whose rows are samples, and the type of the graph input that takes them: (batch, ...) with as many elements
/// in a row.
struct BatchSource {
  ArrayRef data;
  TensorType type;
};

/// Whether the samples of a pass come as they lie in memory or shuffled.
enum class SampleOrder { sequential, shuffled };

/// Cuts arrays into batches for the inputs of a function, converting elements where dtypes differ. Memory is taken
/// once: batches live in buffers that the next batch overwrites, and those that need neither shuffling nor conversion
/// are read in place.
class Batches {
 public:
  /// `samples` rows of every source, from row `first`. The last batch is smaller when `batch_size` does not divide
  /// them.
  Batches(std::vector<BatchSource> sources, std::int64_t first, std::int64_t samples, std::int64_t batch_size,
          SampleOrder order);

  Batches(Batches&&) noexcept = default;
  Batches& operator=(Batches&&) noexcept = default;

  std::int64_t samples() const { return samples_; }
  std::int64_t batch_size() const { return batch_size_; }

  /// Number of batches.
  std::int64_t count() const { return (samples_ + batch_size_ - 1) / batch_size_; }

  /// Number of samples in one of them.
  std::int64_t size(std::int64_t batch) const;

  /// Orders the samples anew; shuffled batches need it before the first is gathered.
  void shuffle(const RandomKey& key);

  /// One array for each source, valid until the next call.
  std::span<const ArrayRef> gather(std::int64_t batch);

 private:
  /// Where batches of one size go.
  struct Slot {
    std::vector<Array> buffers;
    std::vector<ArrayRef> arguments;
  };

  bool is_copied(const BatchSource& source) const;
  Slot make_slot(std::int64_t size) const;
  void copy_rows(const BatchSource& source, std::int64_t first, Array& buffer) const;

  std::vector<BatchSource> sources_;
  std::int64_t first_;
  std::int64_t samples_;
  std::int64_t batch_size_;
  std::vector<std::int64_t> order_;  ///< empty for sequential
  Slot full_;
  Slot last_;
};

}  // namespace xgrad
