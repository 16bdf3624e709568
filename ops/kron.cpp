#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/kron.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// Size `axis` of x after leading axes of size 1 have made its rank `rank`.
Dim padded_size(const Tensor& x, std::size_t axis, std::size_t rank) {
  const auto missing = rank - x.rank();
  return axis < missing ? Dim(1) : x.shape()[axis - missing];
}

OperatorEntry product_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                            std::string shapes, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {
      .name = name,
      .family = OperatorFamily::linear_algebra,
      .signature = name + "(left, right)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = std::move(shapes),
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents left, Extents right) {
              samples.push_back({std::move(label), {sample_values(left), sample_values(right, -2, 2, 1)}, [=](auto x) {
                                   return function(x[0], x[1]);
                                 }});
            };
            add("matrices", {2, 3}, {3, 2});
            add("vectors", {3}, {4});
            add("fewer axes on the left", {3}, {2, 2});
            add("fewer axes on the right", {2, 1, 2}, {3});
            add("scalars", {}, {});
            add("scalar and matrix", {}, {2, 2});
            add("one element", {1, 1}, {1, 1});
            add("no elements", {0, 2}, {2, 2});
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"mixed dtypes", [=] { function(input({2}), input({3}, {}, DType::float64)); },
                 fmt::format("{}: expected two tensors of one dtype, but got float32 and float64", name)}};
          },
  };
}

void check_dtypes(std::string_view where, const Tensor& left, const Tensor& right) {
  if (left.dtype() == right.dtype()) return;
  throw DTypeError(fmt::format("{}: expected two tensors of one dtype, but got {} and {}; cast one of them", where,
                               to_string(left.dtype()), to_string(right.dtype())));
}

}  // namespace

Tensor outer(const Tensor& left, const Tensor& right) {
  check_dtypes("outer", left, right);
  return reshape(left, {left.shape().size(), 1}) * reshape(right, {1, right.shape().size()});
}

Tensor kron(const Tensor& left, const Tensor& right) {
  check_dtypes("kron", left, right);
  const auto rank = std::max(left.rank(), right.rank());
  std::vector<Dim> left_dims, right_dims, dims;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const Dim a = padded_size(left, axis, rank);
    const Dim b = padded_size(right, axis, rank);
    left_dims.insert(left_dims.end(), {a, 1});
    right_dims.insert(right_dims.end(), {1, b});
    dims.push_back(a * b);
  }
  return reshape(reshape(left, Shape(left_dims)) * reshape(right, Shape(right_dims)), Shape(dims));
}

static const Register registered_outer{product_entry(
    "outer", "All products of an element of left and one of right.", "result[i, j] = left[i] * right[j]",
    "dot(c, right) for left, dot(left, c) for right", "left of n and right of m elements: (n, m)", outer)};
static const Register registered_kron{
    product_entry("kron", "The Kronecker product: every element of left replaced by itself times right.",
                  "result[i * p + k, j * q + l] = left[i, j] * right[k, l]",
                  "the sum of c * right over each block for left, the sum of c * left over all blocks for right",
                  "left (m, n) and right (p, q): (m*p, n*q); any number of axes", kron)};

}  // namespace xgrad
