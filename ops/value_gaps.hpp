#pragma once

#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/where.hpp>

#include <cstdint>
#include <limits>

namespace xgrad {

// What the rules of eigh and svd share: eigenvectors, or singular vectors, turn towards each other by fractions whose
// divisors are the gaps between values. Where values are equal, the fraction is 0 / 0 for what is differentiable there
// though single vectors are not: it does not depend on these vectors, or in the same way on all that span their space.

/// The error of values and vectors of matrices of `size` rows, in units of the largest.
inline double relative_error(std::int64_t size, DType dtype) {
  const double epsilon =
      dtype == DType::float32 ? std::numeric_limits<float>::epsilon() : std::numeric_limits<double>::epsilon();
  return 16 * epsilon * static_cast<double>(size);
}

/// Where no element of a matrix is larger than `error` times the largest of `reference`.
inline Tensor is_negligible(const Tensor& x, const Tensor& reference, double error) {
  return less_equal(abs(x), max(abs(reference), {-2, -1}, true) * error);
}

/// numerator / gap, where `are_equal` is not true. Where it is, 0 where the numerator is negligible beside the `parts`
/// it is a difference of, and the cotangents of the values, `c` (..., n), allow it: they are zero or, where the parts
/// are negligible as well, the same; on the diagonal always. All else has no derivative that follows from its
/// cotangents: not a number.
inline Tensor divided_by_gap(const Tensor& numerator, const Tensor& gap, const Tensor& are_equal, const Tensor& parts,
                             const Tensor& c, double error) {
  const auto across = expand_dims(c, -2), down = expand_dims(c, -1);
  const auto both_zero = is_negligible(abs(across) + abs(down), across, error);
  const auto is_unused = logical_and(is_negligible(parts, parts, error), is_negligible(across - down, across, error));
  const auto is_itself = greater(identity_matrix(c.shape()[c.rank() - 1].value(), c.dtype()), 0);
  const auto exists =
      logical_or(is_itself, logical_and(is_negligible(numerator, parts, error), logical_or(both_zero, is_unused)));
  const auto none = scalar(std::numeric_limits<double>::quiet_NaN(), numerator.dtype());
  const auto zero = scalar(0, numerator.dtype());
  const auto one = scalar(1, numerator.dtype());
  return where(are_equal, where(exists, zero, none), numerator / where(are_equal, one, gap));
}

}  // namespace xgrad
