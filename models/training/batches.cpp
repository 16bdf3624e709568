#include <xgrad/framework/runtime/worker.hpp>
#include <xgrad/models/training/batches.hpp>
#include <xgrad/models/training/shuffle.hpp>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <type_traits>

namespace xgrad {
namespace {

std::int64_t row_size(const BatchSource& source) {
  const auto& shape = source.data.shape();
  return std::accumulate(shape.begin() + 1, shape.end(), std::int64_t{1}, std::multiplies<>());
}

/// The shape of a batch: that of the graph's input with its first axis known.
Extents batch_shape(const BatchSource& source, std::int64_t size) {
  Shape shape = source.type.shape;
  shape[0] = size;
  return shape.extents();
}

/// A batch that is read where it lies.
ArrayRef borrow_rows(const BatchSource& source, std::int64_t first, std::int64_t size) {
  const auto shape = batch_shape(source, size);
  return visit(source.data.dtype(), [&]<class T>() -> ArrayRef {
    const auto* rows = reinterpret_cast<const T*>(source.data.data()) + first * row_size(source);
    return xt::adapt(rows, static_cast<std::size_t>(size * row_size(source)), xt::no_ownership(),
                     std::vector<std::size_t>(shape.begin(), shape.end()));
  });
}

template <class From, class To>
void copy_row(const From* from, To* to, std::int64_t count) {
  if constexpr (std::is_same_v<From, To>) {
    std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(To));
  } else {
    std::transform(from, from + count, to, [](From value) { return static_cast<To>(value); });
  }
}

}  // namespace

Batches::Batches(std::vector<BatchSource> sources, std::int64_t first, std::int64_t samples, std::int64_t batch_size,
                 SampleOrder order)
    : sources_(std::move(sources)),
      first_(first),
      samples_(samples),
      batch_size_(std::min(batch_size, std::max<std::int64_t>(samples, 1))),
      order_(order == SampleOrder::shuffled ? samples : 0),
      full_(make_slot(batch_size_)),
      last_(make_slot(samples % batch_size_)) {}

std::int64_t Batches::size(std::int64_t batch) const { return std::min(batch_size_, samples_ - batch * batch_size_); }

bool Batches::is_copied(const BatchSource& source) const {
  return !order_.empty() || source.data.dtype() != source.type.dtype;
}

Batches::Slot Batches::make_slot(std::int64_t size) const {
  Slot slot;
  slot.buffers.reserve(sources_.size());
  for (const auto& source : sources_) {
    slot.buffers.push_back(is_copied(source) ? Array(source.type.dtype, batch_shape(source, size)) : Array());
    slot.arguments.push_back(is_copied(source) ? ArrayRef(slot.buffers.back()) : borrow_rows(source, first_, size));
  }
  return slot;
}

void Batches::shuffle(const RandomKey& key) {
  std::iota(order_.begin(), order_.end(), first_);
  xgrad::shuffle(order_, key);
}

std::span<const ArrayRef> Batches::gather(std::int64_t batch) {
  const auto first = batch * batch_size_;
  auto& slot = size(batch) == batch_size_ ? full_ : last_;
  for (std::size_t index = 0; index < sources_.size(); ++index) {
    if (is_copied(sources_[index])) {
      copy_rows(sources_[index], first, slot.buffers[index]);
    } else {
      slot.arguments[index] = borrow_rows(sources_[index], first_ + first, size(batch));
    }
  }
  return slot.arguments;
}

void Batches::copy_rows(const BatchSource& source, std::int64_t first, Array& buffer) const {
  const auto rows = buffer.shape()[0];
  const auto width = row_size(source);
  visit(source.data.dtype(), [&]<class From>() {
    visit(source.type.dtype, [&]<class To>() {
      const auto* from = reinterpret_cast<const From*>(source.data.data());
      auto* to = buffer.data<To>().data();
      const auto copy = [&](std::int64_t begin, std::int64_t end) {
        for (auto row = begin; row < end; ++row) {
          const auto index = static_cast<std::size_t>(first + row);
          const auto sample = order_.empty() ? first_ + first + row : order_[index];
          copy_row(from + sample * width, to + row * width, width);
        }
      };
      // A block has to be worth the hand-over to another thread.
      constexpr std::int64_t block_bytes = 1 << 16;
      const auto block =
          std::max<std::int64_t>(1, block_bytes / std::max<std::int64_t>(1, width * std::int64_t{sizeof(To)}));
      if (rows <= block) return copy(0, rows);
      run_in_workers([&] {
        run_parallel(static_cast<std::size_t>((rows + block - 1) / block), [&](std::size_t index) {
          const auto begin = static_cast<std::int64_t>(index) * block;
          copy(begin, std::min(rows, begin + block));
        });
      });
    });
  });
}

}  // namespace xgrad
