#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/tensordot.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace xgrad {
namespace {

/// One side as a matrix: its other axes, then the ones that are summed, or the other way round.
struct Side {
  Side(const Tensor& x, const std::vector<std::int64_t>& axes, bool is_left) : matrix(x) {
    Axes(axes).normalized("tensordot", x.rank());  // refuses axes that are named twice
    std::vector<std::int64_t> summed;
    std::vector<bool> is_summed(x.rank());
    std::vector<Dim> inner_dims;
    for (auto axis : axes) {
      const auto from_front = normalize_axis("tensordot", axis, x.rank());
      summed.push_back(static_cast<std::int64_t>(from_front));
      is_summed[from_front] = true;
      inner_dims.push_back(x.shape()[from_front]);
    }
    std::vector<std::int64_t> order;
    for (std::size_t axis = 0; axis < x.rank(); ++axis) {
      if (is_summed[axis]) continue;
      order.push_back(static_cast<std::int64_t>(axis));
      others.push_back(x.shape()[axis]);
    }
    order.insert(is_left ? order.end() : order.begin(), summed.begin(), summed.end());
    inner = Shape(inner_dims);
    const Dim rest = Shape(others).size();
    matrix = reshape(transpose(x, order), is_left ? Shape{rest, inner.size()} : Shape{inner.size(), rest});
  }

  Tensor matrix;
  std::vector<Dim> others;
  Shape inner;
};

Tensor as_vector(const Tensor& x) { return reshape(x, {x.shape().size()}); }

}  // namespace

Tensor tensordot(const Tensor& left, const Tensor& right, const std::vector<std::int64_t>& left_axes,
                 const std::vector<std::int64_t>& right_axes) {
  expect_one_floating_dtype("tensordot", left, right);
  const Side rows(left, left_axes, true);
  const Side columns(right, right_axes, false);
  if (!(rows.inner == columns.inner)) {
    throw ShapeError(fmt::format(
        "tensordot: the summed axes of shapes {} and {} have sizes {} and {}; they must be equal, pair by pair",
        left.shape().to_string(), right.shape().to_string(), rows.inner.to_string(), columns.inner.to_string()));
  }
  auto dims = rows.others;
  dims.insert(dims.end(), columns.others.begin(), columns.others.end());
  return reshape(dot(rows.matrix, columns.matrix), Shape(dims));
}

Tensor tensordot(const Tensor& left, const Tensor& right, std::int64_t axes) {
  const auto most = static_cast<std::int64_t>(std::min(left.rank(), right.rank()));
  if (axes < 0 || axes > most) {
    throw ShapeError(fmt::format("tensordot: expected a number of axes from 0 to {} for shapes {} and {}, but got {}",
                                 most, left.shape().to_string(), right.shape().to_string(), axes));
  }
  std::vector<std::int64_t> first(static_cast<std::size_t>(axes));
  std::iota(first.begin(), first.end(), 0);
  std::vector<std::int64_t> last = first;
  for (auto& axis : last) axis += static_cast<std::int64_t>(left.rank()) - axes;
  return tensordot(left, right, last, first);
}

Tensor inner(const Tensor& left, const Tensor& right) {
  expect_one_floating_dtype("inner", left, right);
  if (left.rank() == 0 || right.rank() == 0) return left * right;
  if (!(left.shape()[left.rank() - 1] == right.shape()[right.rank() - 1])) {
    throw ShapeError(
        fmt::format("inner: the last axes of shapes {} and {} must be equal; transpose or reshape one side",
                    left.shape().to_string(), right.shape().to_string()));
  }
  return tensordot(left, right, {-1}, {-1});
}

Tensor outer(const Tensor& left, const Tensor& right) {
  expect_one_floating_dtype("outer", left, right);
  return reshape(left, {left.shape().size(), 1}) * as_vector(right);
}

Tensor vdot(const Tensor& left, const Tensor& right) {
  expect_one_floating_dtype("vdot", left, right);
  if (!(left.shape().size() == right.shape().size())) {
    throw ShapeError(fmt::format("vdot: shapes {} and {} must have equally many elements; reshape or slice one side",
                                 left.shape().to_string(), right.shape().to_string()));
  }
  return dot(as_vector(left), as_vector(right));
}

static const Register registered_tensordot{{
    .name = "tensordot",
    .family = OperatorFamily::linear_algebra,
    .signature = "tensordot(left, right, left_axes, right_axes), tensordot(left, right, axes = 2)",
    .summary = "Product of tensors, summed over pairs of axes.",
    .formula = "result[i, j] = sum over k, l of left[i, k, l] * right[k, l, j]",
    .gradient = "tensordot of c and the other side over the other side's own axes, in the order of the input's axes",
    .shapes = "the axes of left that are not summed, then those of right",
}};

static const Register registered_inner{{
    .name = "inner",
    .family = OperatorFamily::linear_algebra,
    .signature = "inner(left, right)",
    .summary = "Product of tensors, summed over the last axis of either side.",
    .formula = "result[i, j] = sum over k of left[i, k] * right[j, k]",
    .gradient = "tensordot of c and the other side over the other side's leading axes",
    .shapes = "left (a..., k) and right (b..., k): (a..., b...)",
}};

static const Register registered_outer{{
    .name = "outer",
    .family = OperatorFamily::linear_algebra,
    .signature = "outer(left, right)",
    .summary = "Every element of the left by every element of the right.",
    .formula = "result[i, j] = left[i] * right[j]",
    .gradient = "sum of c * right over columns for left, sum of c * left over rows for right",
    .shapes = "left of m and right of n elements: (m, n)",
}};

static const Register registered_vdot{{
    .name = "vdot",
    .family = OperatorFamily::linear_algebra,
    .signature = "vdot(left, right)",
    .summary = "Scalar product of all elements.",
    .formula = "sum over i of left[i] * right[i]",
    .gradient = "c * right for left, c * left for right",
    .shapes = "equally many elements on either side: ()",
}};

}  // namespace xgrad
