#pragma once

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/transpose.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace xgrad {

/// Throws DTypeError, with `where` as its first word, unless both sides are of one floating-point dtype.
inline void expect_factors(std::string_view where, const Tensor& left, const Tensor& right) {
  if (left.dtype() == right.dtype() && is_floating(left.dtype())) return;
  throw DTypeError(std::string(where) + ": expected both sides to be float32 or both float64, but got " +
                   std::string(to_string(left.dtype())) + " and " + std::string(to_string(right.dtype())) +
                   "; cast one side, for example cast(x, DType::float32)");
}

/// The operand of a transpose that swaps the last two axes and no others.
inline std::optional<Tensor> matrix_transpose_of(const Tensor& x) {
  const auto inner = transpose_of(x);
  if (!inner || x.rank() < 2) return std::nullopt;
  auto axes = inner->axes;
  std::swap(axes[axes.size() - 1], axes[axes.size() - 2]);
  return std::is_sorted(axes.begin(), axes.end()) ? std::optional(inner->x) : std::nullopt;
}

/// The product of matrices in the last two axes, each read as its transpose where the flag says so: what does not
/// depend on how `Product`, the class that derives from this one, treats leading axes.
template <class Product>
class MatrixProduct : public Op {
 public:
  MatrixProduct(bool transpose_left, bool transpose_right)
      : transpose_left_(transpose_left), transpose_right_(transpose_right) {}

  /// left * right, read in place where they are transposes.
  static Tensor multiply(const Tensor& left, const Tensor& right) {
    const auto left_operand = matrix_transpose_of(left);
    const auto right_operand = matrix_transpose_of(right);
    return apply(std::make_shared<const Product>(left_operand.has_value(), right_operand.has_value()),
                 {left_operand.value_or(left), right_operand.value_or(right)});
  }

  std::string attributes() const override {
    const auto python = [](bool flag) { return std::string(flag ? "True" : "False"); };
    return "transpose_left=" + python(transpose_left_) + ", transpose_right=" + python(transpose_right_);
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto flip = [this](const Tensor& x) { return matrix_transpose(name(), x); };
    const auto left = transpose_left_ ? flip(at.input(0)) : at.input(0);
    const auto right = transpose_right_ ? flip(at.input(1)) : at.input(1);
    const auto& cotangent = at.cotangent();
    if (index == 0) return transpose_left_ ? multiply(right, flip(cotangent)) : multiply(cotangent, flip(right));
    return transpose_right_ ? multiply(flip(cotangent), left) : multiply(flip(left), cotangent);
  }

  std::optional<Tensor> without_transposes(std::span<const Tensor> inputs) const override {
    const auto left = matrix_transpose_of(inputs[0]);
    const auto right = matrix_transpose_of(inputs[1]);
    if (!left && !right) return std::nullopt;
    return apply(
        std::make_shared<const Product>(transpose_left_ != left.has_value(), transpose_right_ != right.has_value()),
        {left.value_or(inputs[0]), right.value_or(inputs[1])});
  }

  double cost(std::span<const Extents> inputs) const override {
    constexpr double multiply_add = 0.4;  // matrix kernels keep what they work on in registers
    return multiply_add * inner(inputs);
  }

  double operations(std::span<const Extents> inputs) const override { return 2 * inner(inputs); }

 protected:
  bool transpose_left() const { return transpose_left_; }
  bool transpose_right() const { return transpose_right_; }

 private:
  double inner(std::span<const Extents> inputs) const {
    return static_cast<double>(inputs[0][inputs[0].size() - (transpose_left_ ? 2 : 1)]);
  }

  bool transpose_left_;
  bool transpose_right_;
};

}  // namespace xgrad
