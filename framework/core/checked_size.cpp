#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

[[noreturn]] void reject(std::string_view where, std::int64_t left, char sign, std::int64_t right) {
  throw ShapeError(fmt::format("{}: the size {} {} {} is more than 64 bits can count; choose smaller options", where,
                               left, sign, right));
}

}  // namespace

void expect_tensor_fits(std::string_view where, const TensorType& type) {
  // A Dim counts to 2^63, and so many times more bytes than a tensor may have.
  Dim scaled = (std::int64_t{1} << (63 - max_tensor_bits)) * static_cast<std::int64_t>(size_of(type.dtype));
  try {
    for (const Dim size : type.shape) {
      if (!(size == Dim(0))) scaled = scaled * size;
    }
  } catch (const ShapeError&) {
    throw ShapeError(fmt::format(
        "{}: {} is too large: expected fewer than 2^{} bytes, counting a size of 0 or a symbol as 1; choose "
        "smaller sizes",
        where, type.to_string(), max_tensor_bits));
  }
}

void expect_listable(std::string_view where, std::string_view what, std::int64_t count) {
  if (count >= 0 && count <= max_listed_numbers) return;
  throw ShapeError(
      fmt::format("{}: expected at most {} {}, which the graph holds as a list, but got {}; choose smaller "
                  "sizes",
                  where, max_listed_numbers, what, count));
}

CheckedSize operator+(CheckedSize left, std::int64_t right) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left.value_, right, &sum)) reject(left.where_, left.value_, '+', right);
  return {left.where_, sum};
}

CheckedSize operator-(CheckedSize left, std::int64_t right) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(left.value_, right, &difference)) reject(left.where_, left.value_, '-', right);
  return {left.where_, difference};
}

CheckedSize operator*(CheckedSize left, std::int64_t right) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(left.value_, right, &product)) reject(left.where_, left.value_, '*', right);
  return {left.where_, product};
}

}  // namespace xgrad
