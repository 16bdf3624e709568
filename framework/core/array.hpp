#pragma once

#include <xgrad/framework/core/aligned_memory.hpp>
#include <xgrad/framework/core/array_expression.hpp>
#include <xgrad/framework/core/dtype.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

namespace xgrad {

template <class T>
class OwnedElements;

/// A dense row-major block of elements whose dtype and shape are known at run time: what goes into and comes out of
/// graphs. It owns its memory, aligned to 64 bytes; copies are deep. It converts from any xtensor expression of its
/// dtypes' C++ types (see `ArrayExpression`) and to `xt::xarray` and `xt::xtensor`. One that was moved from holds no
/// elements: it can be copied, assigned to and destroyed.
///
/// `data`, `bytes` and `view` of an array with a name refer to its memory; of a temporary, `eval(t).data<float>()`,
/// they own what they give.
class Array {
 public:
  /// A float32 scalar 0.
  Array();

  /// Uninitialised elements. Throws ShapeError when a size is negative or the bytes cannot be counted.
  Array(DType dtype, Extents shape);

  /// The evaluated expression.
  template <ArrayExpression Expression>
  Array(const Expression& expression)
      : Array(dtype_of<detail::HeldAs<typename Expression::value_type>>,
              Extents(expression.shape().begin(), expression.shape().end())) {
    using T = detail::HeldAs<typename Expression::value_type>;
    if (const auto* elements = detail::contiguous_elements(expression)) {
      // Also because xtensor 0.24 assigns a view of a view from a wrong place.
      std::copy_n(elements, size_, data<T>().data());
    } else {
      auto destination = view<T>();
      xt::noalias(destination) = expression;
    }
  }

  /// Does not compile, and says what to write.
  template <detail::NoArray T>
  Array(const T&) : Array() {
    detail::refuse_as_array<T>();
  }

  /// A scalar.
  template <detail::Holdable T>
  Array(T value) : Array(dtype_of<detail::HeldAs<T>>, Extents{}) {
    *data<detail::HeldAs<T>>().data() = value;
  }

  /// All elements zero.
  static Array zeros(DType dtype, Extents shape);

  Array(const Array& other);
  Array(Array&& other) noexcept;
  Array& operator=(Array other) noexcept;

  DType dtype() const { return dtype_; }
  const Extents& shape() const& { return shape_; }
  Extents shape() const&& { return shape_; }
  std::size_t size() const { return size_; }
  std::span<const std::byte> bytes() const& { return {buffer_.data(), size_ * size_of(dtype_)}; }
  std::span<std::byte> bytes() & { return {buffer_.data(), size_ * size_of(dtype_)}; }
  OwnedElements<std::byte> bytes() &&;
  OwnedElements<std::byte> bytes() const&&;

  /// The elements in row-major order. Throws DTypeError when T is not the dtype.
  template <Element T>
  std::span<const T> data() const& {
    expect(dtype_of<T>);
    return {reinterpret_cast<const T*>(buffer_.data()), size_};
  }
  template <Element T>
  std::span<T> data() & {
    expect(dtype_of<T>);
    return {reinterpret_cast<T*>(buffer_.data()), size_};
  }
  template <Element T>
  OwnedElements<T> data() &&;
  template <Element T>
  OwnedElements<T> data() const&&;

  /// The elements as an xtensor adaptor, without a copy; of a temporary, as an xtensor array. Throws DTypeError when T
  /// is not the dtype.
  template <Element T>
  auto view() & {
    return adapt(data<T>());
  }
  template <Element T>
  auto view() const& {
    return adapt(data<T>());
  }
  template <Element T>
  xt::xarray<T, xt::layout_type::row_major> view() const&& {
    return static_cast<const Array&>(*this).view<T>();
  }

  /// A copy as an xtensor container: `xt::xtensor<float, 2> p = model.predict(x);`. Throws DTypeError when T is not the
  /// dtype, and ShapeError when the array has not as many axes as the container.
  template <class T, xt::layout_type Layout>
  operator xt::xarray<T, Layout>() const {
    return container<xt::xarray<T, Layout>>();
  }
  template <class T, std::size_t Rank, xt::layout_type Layout>
  operator xt::xtensor<T, Rank, Layout>() const {
    expect_rank(Rank);
    return container<xt::xtensor<T, Rank, Layout>>();
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
  void expect_rank(std::size_t requested) const;

  template <class Container>
  Container container() const {
    using T = typename Container::value_type;
    if constexpr (detail::expect_holdable<T>()) {
      constexpr auto dynamic = Container::static_layout == xt::layout_type::dynamic;
      typename Container::shape_type shape{};
      xt::resize_container(shape, shape_.size());
      std::ranges::copy(shape_, shape.begin());
      Container result(shape, dynamic ? xt::layout_type::row_major : Container::static_layout);
      std::ranges::copy(data<detail::HeldAs<T>>(), result.template begin<xt::layout_type::row_major>());
      return result;
    } else {
      return {};
    }
  }

  // Row-major whatever XTENSOR_DEFAULT_LAYOUT says.
  template <class T>
  auto adapt(std::span<T> elements) const {
    return xt::adapt<xt::layout_type::row_major>(elements.data(), size_, xt::no_ownership(),
                                                 std::vector<std::size_t>(shape_.begin(), shape_.end()));
  }

  DType dtype_;
  Extents shape_;
  std::size_t size_;
  AlignedMemory buffer_;
};

/// The elements of an array that was a temporary, in row-major order: they live as long as this does. One with a name
/// converts to a span.
template <class T>
class OwnedElements {
 public:
  explicit OwnedElements(Array array) : array_(std::move(array)) {}

  std::size_t size() const { return span().size(); }
  bool empty() const { return size() == 0; }

  T& operator[](std::size_t index) & { return mutable_span()[index]; }
  const T& operator[](std::size_t index) const& { return span()[index]; }
  T operator[](std::size_t index) && { return span()[index]; }

  auto begin() { return iterator(mutable_span().data()); }
  auto end() { return iterator(mutable_span().data() + size()); }
  auto begin() const { return iterator(span().data()); }
  auto end() const { return iterator(span().data() + size()); }

  operator std::span<T>() & { return mutable_span(); }
  operator std::span<const T>() const& { return span(); }
  operator std::span<const T>() const&& {
    static_assert(!sizeof(T),
                  "this span would outlive its elements, which belong to a temporary: give the array a name, `const "
                  "auto array = eval(t);`, and take the span of `array.data<T>()`");
    return {};
  }

  /// The first element. Of elements without a name there is none to point at.
  const T* data() const& { return span().data(); }
  const T* data() const&& {
    static_assert(!sizeof(T),
                  "this pointer would outlive its elements, which belong to a temporary: give the array a name, `const "
                  "auto array = eval(t);`, and point into `array.data<T>()`");
    return nullptr;
  }

 private:
  // A range whose iterators are pointers converts to a span, of temporaries as well.
  template <class U>
  static auto iterator(U* pointer) {
    using Backwards = std::reverse_iterator<U*>;
    return std::reverse_iterator<Backwards>(Backwards(pointer));
  }

  std::span<T> mutable_span() {
    const auto bytes = array_.bytes();
    return {reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  std::span<const T> span() const {
    const auto bytes = array_.bytes();
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

  Array array_;
};

inline OwnedElements<std::byte> Array::bytes() && { return OwnedElements<std::byte>(std::move(*this)); }
inline OwnedElements<std::byte> Array::bytes() const&& { return OwnedElements<std::byte>(*this); }

template <Element T>
OwnedElements<T> Array::data() && {
  expect(dtype_of<T>);
  return OwnedElements<T>(std::move(*this));
}
template <Element T>
OwnedElements<T> Array::data() const&& {
  expect(dtype_of<T>);
  return OwnedElements<T>(*this);
}

/// An argument: borrows the memory of an Array or of a contiguous xtensor container that has a name, takes over a
/// temporary one, and evaluates any other expression into memory of its own. One that is stored, as in FitOptions, must
/// not outlive what it borrows.
class ArrayRef {
 public:
  ArrayRef(const Array& array) : dtype_(array.dtype()), shape_(array.shape()), data_(array.bytes().data()) {}
  ArrayRef(Array&& array) : ArrayRef(std::make_shared<const Array>(std::move(array))) {}
  ArrayRef(const Array&& array) : ArrayRef(std::make_shared<const Array>(array)) {}

  template <ArrayExpression Expression>
  ArrayRef(Expression&& expression)
      : dtype_(dtype_of<detail::HeldAs<typename std::remove_cvref_t<Expression>::value_type>>),
        shape_(expression.shape().begin(), expression.shape().end()) {
    using Value = std::remove_cvref_t<Expression>;
    if constexpr (!Element<typename Value::value_type>) {
      own(std::make_shared<const Array>(expression));
    } else if constexpr (detail::HasElements<Value> && !std::is_lvalue_reference_v<Expression>) {
      const auto kept = std::make_shared<const Value>(std::forward<Expression>(expression));
      if (borrow(*kept)) {
        owner_ = kept;
      } else {
        own(std::make_shared<const Array>(*kept));
      }
    } else if (!borrow(expression)) {
      own(std::make_shared<const Array>(expression));
    }
  }

  /// Does not compile, and says what to write.
  template <detail::NoArray T>
  ArrayRef(const T&) : ArrayRef(Array()) {
    detail::refuse_as_array<T>();
  }

  template <detail::Holdable T>
  ArrayRef(T value) : ArrayRef(std::make_shared<const Array>(value)) {
    is_number_ = true;
  }

  DType dtype() const { return dtype_; }
  const Extents& shape() const& { return shape_; }
  Extents shape() const&& { return shape_; }
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

  /// True for a number of C++ instead of an array.
  bool is_number() const { return is_number_; }

  /// A copy that owns its memory.
  Array to_array() const;

  /// The same elements under another shape. Throws ShapeError when the number of elements differs.
  ArrayRef reshaped(Extents shape) const;

  /// `count` elements of axis 0 from `first` on. Throws ShapeError when there are not as many.
  ArrayRef rows(std::int64_t first, std::int64_t count) const;

 private:
  explicit ArrayRef(std::shared_ptr<const Array> array) : dtype_(array->dtype()), shape_(array->shape()) {
    own(std::move(array));
  }
  void expect(DType requested) const;

  // Whether there are elements to refer to.
  template <class Expression>
  bool borrow(const Expression& expression) {
    data_ = reinterpret_cast<const std::byte*>(detail::contiguous_elements(expression));
    return data_ != nullptr;
  }
  void own(std::shared_ptr<const Array> array) {
    data_ = array->bytes().data();
    owner_ = std::move(array);
  }

  DType dtype_;
  Extents shape_;
  const std::byte* data_ = nullptr;
  std::shared_ptr<const void> owner_;  // of the elements; none where they are borrowed
  bool is_number_ = false;
};

}  // namespace xgrad
