#pragma once

#include <xgrad/framework/core/op.hpp>

#include <optional>

namespace xgrad {

/// A product of two matrices, each read as its transpose where the flag says so.
struct MatrixProduct {
  bool transpose_left;
  bool transpose_right;

  friend bool operator==(const MatrixProduct&, const MatrixProduct&) = default;
};

/// The right operand of a product, where it is large enough to be packed once for all blocks of rows.
std::optional<PackableInput> packable_right_operand(const MatrixProduct& product, const Tensor& left,
                                                    const Tensor& right);

/// The product, reading its right operand from `packed` where the number of `rows` is worth it: see PackableInput.
Tensor multiply_packed(const MatrixProduct& product, const Tensor& left, const Tensor& right, const Tensor& packed,
                       const Tensor& rows);

}  // namespace xgrad
