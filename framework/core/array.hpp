#pragma once

#include <xgrad/framework/core/aligned_memory.hpp>
#include <xgrad/framework/core/dtype.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

namespace xgrad {

/// An xtensor expression whose elements xgrad can hold.
template <class Expression>
concept ArrayExpression = xt::is_xexpression<std::remove_cvref_t<Expression>>::value &&
    Element<typename std::remove_cvref_t<Expression>::value_type>;

namespace detail {

/// An expression with a pointer to its elements. The storage is asked first: that of a flattened view, of a deque and
/// of a vector of bits has none, though the expression has a function for it.
template <class Expression>
concept HasElements = requires(const Expression& expression) {
  { expression.storage().data() } -> std::convertible_to<const typename Expression::value_type*>;
}
&&requires(const Expression& expression) {
  { expression.data() } -> std::same_as<const typename Expression::value_type*>;
  expression.data_offset(), expression.strides();
};

/// The first element of an expression whose elements lie in memory one after the other in row-major order; null when
/// they do not.
template <ArrayExpression Expression>
const typename Expression::value_type* contiguous_elements(const Expression& expression) {
  if constexpr (HasElements<Expression>) {
    if (xt::do_strides_match(expression.shape(), expression.strides(), xt::layout_type::row_major, true)) {
      return expression.data() + expression.data_offset();
    }
  }
  return nullptr;
}

}  // namespace detail

/// A dense row-major block of elements whose dtype and shape are known at run time: what goes into and comes out of
/// graphs. It owns its memory, aligned to 64 bytes; copies are deep. It converts from any xtensor expression and to
/// `xt::xarray`. One that was moved from holds no elements: it can be copied, assigned to and destroyed.
class Array {
 public:
  /// A float32 scalar 0.
  Array();

  /// Uninitialised elements. Throws ShapeError when a size is negative or the bytes cannot be counted.
  Array(DType dtype, Extents shape);

  /// The evaluated expression.
  template <ArrayExpression Expression>
  Array(const Expression& expression)
      : Array(dtype_of<typename Expression::value_type>,
              Extents(expression.shape().begin(), expression.shape().end())) {
    using T = typename Expression::value_type;
    if (const T* elements = detail::contiguous_elements(expression)) {
      // Also because xtensor 0.24 assigns a view of a view from a wrong place.
      std::copy_n(elements, size_, data<T>().data());
    } else {
      auto destination = view<T>();
      xt::noalias(destination) = expression;
    }
  }

  /// A scalar.
  template <Element T>
  Array(T value) : Array(dtype_of<T>, Extents{}) {
    *data<T>().data() = value;
  }

  /// All elements zero.
  static Array zeros(DType dtype, Extents shape);

  Array(const Array& other);
  Array(Array&& other) noexcept;
  Array& operator=(Array other) noexcept;

  DType dtype() const { return dtype_; }
  const Extents& shape() const { return shape_; }
  std::size_t size() const { return size_; }
  std::span<const std::byte> bytes() const { return {buffer_.data(), size_ * size_of(dtype_)}; }
  std::span<std::byte> bytes() { return {buffer_.data(), size_ * size_of(dtype_)}; }

  /// The elements in row-major order. Throws DTypeError when T is not the dtype.
  template <Element T>
  std::span<const T> data() const {
    expect(dtype_of<T>);
    return {reinterpret_cast<const T*>(buffer_.data()), size_};
  }
  template <Element T>
  std::span<T> data() {
    expect(dtype_of<T>);
    return {reinterpret_cast<T*>(buffer_.data()), size_};
  }

  /// The elements as an xtensor adaptor, without a copy. Throws DTypeError when T is not the dtype.
  template <Element T>
  auto view() {
    auto elements = data<T>();
    return xt::adapt(elements.data(), size_, xt::no_ownership(),
                     std::vector<std::size_t>(shape_.begin(), shape_.end()));
  }
  template <Element T>
  auto view() const {
    auto elements = data<T>();
    return xt::adapt(elements.data(), size_, xt::no_ownership(),
                     std::vector<std::size_t>(shape_.begin(), shape_.end()));
  }

  /// A copy as an xtensor array. Throws DTypeError when T is not the dtype.
  template <Element T>
  operator xt::xarray<T>() const {
    return view<T>();
  }

  /// The only element as a double. Throws ShapeError when there are more or none.
  double item() const;

  /// The same elements as another dtype, converted as C++ converts numbers: fractions are cut off, bool is whether a
  /// number differs from 0, and a number that the dtype cannot hold becomes an unspecified one.
  Array cast(DType dtype) const;

  /// The same elements under another shape. Throws ShapeError when the number of elements differs.
  Array reshaped(Extents shape) &&;

  /// dtype and shape, as graphs know them.
  TensorType type() const { return {dtype_, Shape(shape_)}; }

 private:
  void expect(DType requested) const;

  DType dtype_;
  Extents shape_;
  std::size_t size_;
  AlignedMemory buffer_;
};

/// An argument that is read during one call: borrows the memory of an Array or of a contiguous xtensor container, and
/// evaluates any other expression into memory of its own. Not meant to be stored.
class ArrayRef {
 public:
  ArrayRef(const Array& array) : dtype_(array.dtype()), shape_(array.shape()), data_(array.bytes().data()) {}

  template <ArrayExpression Expression>
  ArrayRef(const Expression& expression)
      : dtype_(dtype_of<typename Expression::value_type>),
        shape_(expression.shape().begin(), expression.shape().end()) {
    data_ = reinterpret_cast<const std::byte*>(detail::contiguous_elements(expression));
    if (!data_) {
      owned_ = std::make_shared<Array>(expression);
      data_ = owned_->bytes().data();
    }
  }

  template <Element T>
  ArrayRef(T value) : ArrayRef(std::make_shared<Array>(value)) {}

  DType dtype() const { return dtype_; }
  const Extents& shape() const { return shape_; }
  const std::byte* data() const { return data_; }
  std::size_t size() const { return static_cast<std::size_t>(element_count(shape_)); }

  /// The elements in row-major order. Throws DTypeError when T is not the dtype.
  template <Element T>
  std::span<const T> elements() const {
    expect(dtype_of<T>);
    return {reinterpret_cast<const T*>(data_), size()};
  }

  /// dtype and shape, as graphs know them.
  TensorType type() const { return {dtype_, Shape(shape_)}; }

  /// A copy that owns its memory.
  Array to_array() const;

  /// The same elements under another shape. Throws ShapeError when the number of elements differs.
  ArrayRef reshaped(Extents shape) const;

  /// `count` elements of axis 0 from `first` on. Throws ShapeError when there are not as many.
  ArrayRef rows(std::int64_t first, std::int64_t count) const;

 private:
  explicit ArrayRef(std::shared_ptr<Array> owned)
      : dtype_(owned->dtype()), shape_(owned->shape()), data_(owned->bytes().data()), owned_(std::move(owned)) {}
  void expect(DType requested) const;

  DType dtype_;
  Extents shape_;
  const std::byte* data_ = nullptr;
  std::shared_ptr<Array> owned_;
};

}  // namespace xgrad
