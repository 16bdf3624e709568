#pragma once

#include <cstdint>
#include <string_view>

namespace xgrad {

struct TensorType;

/// A tensor has fewer than 2^47 bytes: addresses of today's processors have 48 bits, and programs get one half of them.
inline constexpr int max_tensor_bits = 47;

/// The most numbers that a graph itself may hold, such as the weights of an average pool: a gigabyte or so.
inline constexpr std::int64_t max_listed_numbers = std::int64_t{1} << 25;

/// Throws ShapeError, with `where` as its first word, when a tensor would have too many bytes. A size of 0 and a symbol
/// count as 1: what is made of an empty tensor, such as its sums, need not be empty.
void expect_tensor_fits(std::string_view where, const TensorType& type);

/// Throws ShapeError, with `where` as its first word, when there are more numbers than `max_listed_numbers` or fewer
/// than none. `what` says what they are of: "weights".
void expect_listable(std::string_view where, std::string_view what, std::int64_t count);

/// A size made of the options of an operator, computed before anything of that size is made. Sums, differences and
/// products that leave 64 bits throw ShapeError, with `where` as its first word.
class CheckedSize {
 public:
  CheckedSize(std::string_view where, std::int64_t value) : where_(where), value_(value) {}

  std::int64_t value() const { return value_; }

  friend CheckedSize operator+(CheckedSize left, std::int64_t right);
  friend CheckedSize operator-(CheckedSize left, std::int64_t right);
  friend CheckedSize operator*(CheckedSize left, std::int64_t right);

 private:
  std::string_view where_;
  std::int64_t value_;
};

}  // namespace xgrad
