#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>

namespace xgrad {

/// A vector whose first `Inline` elements need no heap memory: for what is short almost everywhere, such as the inputs
/// of a node.
template <class T, std::uint32_t Inline>
class InlineVector {
 public:
  using value_type = T;

  InlineVector() noexcept {}  // elements are made one by one
  InlineVector(std::initializer_list<T> values) : InlineVector(values.begin(), values.end()) {}
  template <std::input_iterator Iterator>
  InlineVector(Iterator first, Iterator last) : InlineVector() {
    const auto count = static_cast<std::size_t>(last - first);
    reserve(count);
    std::uninitialized_copy(first, last, data());
    size_ = static_cast<std::uint32_t>(count);
  }
  InlineVector(const InlineVector& other) : InlineVector(other.begin(), other.end()) {}
  InlineVector(InlineVector&& other) noexcept { take(other); }
  InlineVector& operator=(const InlineVector& other) {
    if (this != &other) *this = InlineVector(other);
    return *this;
  }
  InlineVector& operator=(InlineVector&& other) noexcept {
    if (this == &other) return *this;
    release();
    take(other);
    return *this;
  }
  ~InlineVector() { release(); }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T* data() const { return is_inline() ? inline_ : heap_; }
  T* data() { return is_inline() ? inline_ : heap_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T& operator[](std::size_t index) const { return data()[index]; }
  T& operator[](std::size_t index) { return data()[index]; }

  void push_back(T value) {
    if (size_ == capacity_) reserve(2 * std::size_t{capacity_});
    std::construct_at(data() + size_, std::move(value));
    ++size_;
  }

  void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    T* larger = std::allocator<T>().allocate(capacity);
    std::uninitialized_move_n(data(), size_, larger);
    const auto count = size_;
    release();
    heap_ = larger;
    size_ = count;
    capacity_ = static_cast<std::uint32_t>(capacity);
  }

  friend bool operator==(const InlineVector& left, const InlineVector& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
  }

 private:
  bool is_inline() const { return capacity_ == Inline; }

  /// Leaves it empty, without heap memory.
  void release() noexcept {
    std::destroy_n(data(), size_);
    if (!is_inline()) std::allocator<T>().deallocate(heap_, capacity_);
    size_ = 0;
    capacity_ = Inline;
  }

  /// The elements of the other, which becomes empty; this one is.
  void take(InlineVector& other) noexcept {
    if (other.is_inline()) {
      std::uninitialized_move_n(other.inline_, other.size_, inline_);
      size_ = other.size_;
      other.release();
    } else {
      heap_ = std::exchange(other.heap_, nullptr);
      size_ = std::exchange(other.size_, 0);
      capacity_ = std::exchange(other.capacity_, Inline);
    }
  }

  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = Inline;
  union {
    T inline_[Inline];
    T* heap_;
  };
};

}  // namespace xgrad
