#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <utility>

namespace xgrad {

/// A vector of numbers whose first `Inline` elements need no heap memory: for what is short almost everywhere, such as
/// the operands of an instruction. Numbers only, because they can be copied as bytes.
template <class T, std::uint32_t Inline>
class InlineVector {
  static_assert(std::is_arithmetic_v<T>);

 public:
  using value_type = T;

  InlineVector() = default;
  InlineVector(std::initializer_list<T> values) { append(values.begin(), values.size()); }
  InlineVector(const InlineVector& other) { append(other.data(), other.size()); }
  InlineVector(InlineVector&& other) noexcept { swap(other); }
  InlineVector& operator=(InlineVector other) noexcept {
    swap(other);
    return *this;
  }
  ~InlineVector() {
    if (!is_inline()) delete[] heap_;
  }

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
    if (size_ == capacity_) reserve(2 * capacity_);
    data()[size_++] = value;
  }

  void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    T* larger = new T[capacity];
    std::copy_n(data(), size_, larger);
    if (!is_inline()) delete[] heap_;
    heap_ = larger;
    capacity_ = static_cast<std::uint32_t>(capacity);
  }

 private:
  bool is_inline() const { return capacity_ == Inline; }

  void append(const T* values, std::size_t count) {
    reserve(count);
    std::copy_n(values, count, data());
    size_ = static_cast<std::uint32_t>(count);
  }

  void swap(InlineVector& other) noexcept {
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    std::swap(bytes_, other.bytes_);
  }

  static constexpr std::size_t storage_bytes = std::max(sizeof(T*), Inline * sizeof(T));

  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = Inline;
  union {
    T inline_[Inline];
    T* heap_;
    std::byte bytes_[storage_bytes] = {};
  };
};

}  // namespace xgrad
