#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>

#include <fmt/format.h>

#include <cstring>
#include <new>
#include <utility>

namespace xgrad {
namespace {

// There may be many arrays: none takes a large page of which it would leave more than half empty.
AlignedMemory allocate(DType dtype, const Extents& shape, std::size_t bytes) {
  try {
    return AlignedMemory(bytes, AlignedMemory::large_page / 2);
  } catch (const std::bad_alloc&) {
    throw MemoryError(
        fmt::format("Array: {} {} takes {:.4g} MB, which the system does not give; use a smaller dtype, or "
                    "work on a part of the data at a time",
                    to_string(dtype), to_string(shape), static_cast<double>(bytes) / 1e6));
  }
}

std::size_t checked_size(DType dtype, const Extents& shape) {
  expect_tensor_fits("Array", {dtype, Shape(shape)});
  return static_cast<std::size_t>(element_count(shape));
}

[[noreturn]] void wrong_dtype(DType actual, DType requested) {
  throw DTypeError(fmt::format("Array: expected to be read as {}, its dtype, but was read as {}; convert with cast({})",
                               to_string(actual), to_string(requested), enumerator(requested)));
}

void expect_as_many(std::string_view where, const Extents& from, const Extents& to) {
  if (element_count(from) == element_count(to)) return;
  throw ShapeError(fmt::format("{}: {} has {} elements and does not fit shape {}", where, to_string(from),
                               element_count(from), to_string(to)));
}

}  // namespace

Array::Array() : Array(0.0f) {}

Array::Array(DType dtype, Extents shape)
    : dtype_(dtype),
      shape_(std::move(shape)),
      size_(checked_size(dtype, shape_)),
      buffer_(allocate(dtype, shape_, size_ * size_of(dtype))) {}

Array Array::zeros(DType dtype, Extents shape) {
  Array result(dtype, std::move(shape));
  std::memset(result.bytes().data(), 0, result.bytes().size());
  return result;
}

Array::Array(const Array& other)
    : dtype_(other.dtype_),
      shape_(other.shape_),
      size_(other.size_),
      buffer_(allocate(dtype_, shape_, other.bytes().size())) {
  std::ranges::copy(other.bytes(), bytes().begin());
}

Array::Array(Array&& other) noexcept
    : dtype_(other.dtype_),
      shape_(std::move(other.shape_)),
      size_(std::exchange(other.size_, 0)),
      buffer_(std::move(other.buffer_)) {}

Array& Array::operator=(Array other) noexcept {
  dtype_ = other.dtype_;
  shape_.swap(other.shape_);
  size_ = other.size_;
  std::swap(buffer_, other.buffer_);
  return *this;
}

void Array::expect(DType requested) const {
  if (dtype_ != requested) wrong_dtype(dtype_, requested);
}

void Array::expect_rank(std::size_t requested) const {
  if (shape_.size() == requested) return;
  throw ShapeError(
      fmt::format("Array: expected to be read with as many axes as it has, shape {}, but was read as an xt::xtensor of "
                  "{}; read it as an xt::xarray, or give it another shape with std::move(array).reshaped({{...}})",
                  to_string(shape_), requested));
}

double Array::item() const {
  if (size_ != 1) {
    throw ShapeError(fmt::format("Array::item: expected exactly one element, but got shape {}", to_string(shape_)));
  }
  return visit(dtype_, [&]<class T>() { return static_cast<double>(data<T>()[0]); });
}

Array Array::cast(DType dtype) const {
  Array result(dtype, shape_);
  visit(dtype_, [&]<class From>() {
    visit(dtype, [&]<class To>() {
      std::transform(data<From>().begin(), data<From>().end(), result.data<To>().begin(),
                     [](From value) { return static_cast<To>(value); });
    });
  });
  return result;
}

Array Array::reshaped(Extents shape) && {
  expect_as_many("Array::reshaped", shape_, shape);
  shape_ = std::move(shape);
  return std::move(*this);
}

void ArrayRef::expect(DType requested) const {
  if (dtype_ != requested) wrong_dtype(dtype_, requested);
}

Array ArrayRef::to_array() const {
  Array result(dtype_, shape_);
  std::copy_n(data_, result.bytes().size(), result.bytes().data());
  return result;
}

ArrayRef ArrayRef::reshaped(Extents shape) const {
  expect_as_many("ArrayRef::reshaped", shape_, shape);
  ArrayRef result = *this;
  result.shape_ = std::move(shape);
  return result;
}

ArrayRef ArrayRef::rows(std::int64_t first, std::int64_t count) const {
  if (shape_.empty() || first < 0 || count < 0 || first > shape_[0] - count) {
    throw ShapeError(
        fmt::format("ArrayRef::rows: shape {} has no rows {} to {}", to_string(shape_), first, first + count - 1));
  }
  ArrayRef result = *this;
  const auto row_elements = element_count(std::span(shape_).subspan(1));
  result.data_ += static_cast<std::size_t>(first * row_elements) * size_of(dtype_);
  result.shape_[0] = count;
  return result;
}

}  // namespace xgrad
