#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/kron.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>

#include <algorithm>

namespace xgrad {

Tensor kron(const Tensor& left, const Tensor& right) {
  const auto rank = std::max(left.rank(), right.rank());
  // Each axis of the result is one of the left and, inside it, one of the right.
  std::vector<Dim> left_dims;
  std::vector<Dim> right_dims;
  std::vector<Dim> dims;
  for (std::size_t back = rank; back > 0; --back) {
    const Dim a = back <= left.rank() ? left.shape()[left.rank() - back] : Dim(1);
    const Dim b = back <= right.rank() ? right.shape()[right.rank() - back] : Dim(1);
    left_dims.insert(left_dims.end(), {a, Dim(1)});
    right_dims.insert(right_dims.end(), {Dim(1), b});
    dims.push_back(a * b);
  }
  return reshape(reshape(left, Shape(left_dims)) * reshape(right, Shape(right_dims)), Shape(dims));
}

static const Register registered_kron{{
    .name = "kron",
    .family = OperatorFamily::linear_algebra,
    .signature = "kron(left, right)",
    .summary = "Kronecker's product: left with each element replaced by that element times right.",
    .formula = "result[i * m + k, j * n + l] = left[i, j] * right[k, l] for right of shape (m, n)",
    .gradient = "for either side, the sum of c * the other side over the other side's indices",
    .shapes = "left (a, b) and right (m, n): (a*m, b*n); missing leading axes are of size 1",
}};

}  // namespace xgrad
