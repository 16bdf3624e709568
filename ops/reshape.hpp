#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <concepts>
#include <initializer_list>
#include <type_traits>

namespace xgrad {

/// Stands, once, in the shape given to `reshape` for the size that follows from the others: NumPy's -1.
inline const Dim infer_dim = Dim::symbol("infer_dim");

/// The elements of x, in row-major order, under another shape; nothing is copied. Sizes may hold symbols:
/// reshape(x, {batch, infer_dim}). Throws ShapeError when the number of elements differs.
Tensor reshape(const Tensor& x, const Shape& shape);

/// A size in a list given to `reshape`: as in NumPy, -1 is `infer_dim`.
class ReshapeSize {
 public:
  ReshapeSize(Dim dim) : dim_(dim) {}
  ReshapeSize(std::integral auto size) : dim_(is_open(size) ? infer_dim : Dim(size)) {}
  operator Dim() const { return dim_; }

 private:
  template <class Size>
  static constexpr bool is_open(Size size) {
    if constexpr (std::is_signed_v<Size>) return size == -1;
    return false;
  }

  Dim dim_;
};

/// The same for sizes in a list: reshape(x, {batch, -1}).
Tensor reshape(const Tensor& x, std::initializer_list<ReshapeSize> shape);

/// x of shape (n, a, b, ...) as (n, a*b*...). Throws ShapeError for a scalar.
Tensor flatten(const Tensor& x);

/// x without the given axes. Throws ShapeError when one of them is not of size 1.
Tensor squeeze(const Tensor& x, const Axes& axes);

/// x without its axes of size 1. A symbol stays, though it may turn out to be 1.
Tensor squeeze(const Tensor& x);

}  // namespace xgrad
