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
#include <cmath>
#include <numeric>
#include <string>

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

/// A sample of two arguments; `expression` says the same as an einsum, for references.
Sample product_sample(std::string label, std::string expression, Extents left, Extents right,
                      Tensor (*function)(const Tensor&, const Tensor&)) {
  return {std::move(label),
          {sample_values(left), sample_values(right, -2, 2, 1)},
          [=](auto x) { return function(x[0], x[1]); },
          {{"expression", {expression.begin(), expression.end()}}}};
}

Rejection mixed_dtypes(std::string name, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {"mixed dtypes",
          [=] {
            function(input({2, 2}), input({2, 2}, {}, DType::float64));
          },
          name + ": expected both sides to be float32 or both float64, but got float32 and float64"};
}

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
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, std::string expression, Extents left, Extents right,
                               std::vector<std::int64_t> left_axes, std::vector<std::int64_t> right_axes) {
            auto sample = product_sample(std::move(label), std::move(expression), left, right, nullptr);
            sample.build = [=](auto x) { return tensordot(x[0], x[1], left_axes, right_axes); };
            samples.push_back(std::move(sample));
          };
          add("one pair", "ab,cb->ac", {2, 3}, {4, 3}, {1}, {-1});
          add("two pairs, crossed", "abc,dcb->ad", {2, 3, 2}, {3, 2, 3}, {1, 2}, {2, 1});
          add("no pair", "ab,c->abc", {2, 2}, {3}, {}, {});
          add("an axis in the middle", "abc,db->acd", {2, 3, 2}, {4, 3}, {1}, {1});
          add("one element", "ab,ab->", {1, 1}, {1, 1}, {0, 1}, {0, 1});
          add("no elements", "ab,cb->ac", {0, 3}, {2, 3}, {1}, {1});
          samples.push_back(product_sample("a number of axes", "abc,bcd->ad", {3, 2, 2}, {2, 2, 2},
                                           [](const Tensor& x, const Tensor& y) { return tensordot(x, y); }));
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"sizes that differ",
               [] {
                 tensordot(input({2, 3}), input({4, 5}), {1}, {0});
               },
               "tensordot: the summed axes of shapes (2, 3) and (4, 5) have sizes (3,) and (4,)"},
              {"lists of different length",
               [] {
                 tensordot(input({2, 3}), input({3, 2}), {1}, {0, 1});
               },
               "have sizes (3,) and (3, 2)"},
              {"an axis twice",
               [] {
                 tensordot(input({2, 3}), input({3, 2}), {1, 1}, {0, 1});
               },
               "tensordot: axis"},
              {"too many axes",
               [] {
                 tensordot(input({2, 3}), input({3}), 2);
               },
               "tensordot: expected a number of axes from 0 to 1 for shapes (2, 3) and (3,), but got 2"},
              mixed_dtypes("tensordot", [](const Tensor& x, const Tensor& y) { return tensordot(x, y); }),
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                           .value = {NAN},
                                           .gradient = {INFINITY, 1},
                                           .arguments = "1",
                                           .build = [](auto x) { return tensordot(x[0], x[1], 1); }}};
        },
}};

static const Register registered_inner{{
    .name = "inner",
    .family = OperatorFamily::linear_algebra,
    .signature = "inner(left, right)",
    .summary = "Product of tensors, summed over the last axis of either side.",
    .formula = "result[i, j] = sum over k of left[i, k] * right[j, k]",
    .gradient = "tensordot of c and the other side over the other side's leading axes",
    .shapes = "left (a..., k) and right (b..., k): (a..., b...)",
    .samples =
        [] {
          return std::vector{
              product_sample("matrices", "ac,bc->ab", {2, 3}, {4, 3}, inner),
              product_sample("vectors", "a,a->", {3}, {3}, inner),
              product_sample("three axes and vector", "abc,c->ab", {2, 2, 3}, {3}, inner),
              product_sample("a scalar", "ab,->ab", {2, 3}, {}, inner),
              product_sample("one element", "a,a->", {1}, {1}, inner),
              product_sample("no rows", "ac,bc->ab", {0, 3}, {2, 3}, inner),
          };
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"last axes that differ",
               [] {
                 inner(input({batch, 3}), input({4, 2}));
               },
               "inner: the last axes of shapes (batch, 3) and (4, 2) must be equal"},
              mixed_dtypes("inner", inner),
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                           .value = {NAN},
                                           .gradient = {INFINITY, 1},
                                           .build = [](auto x) { return inner(x[0], x[1]); }}};
        },
}};

static const Register registered_outer{{
    .name = "outer",
    .family = OperatorFamily::linear_algebra,
    .signature = "outer(left, right)",
    .summary = "Every element of the left by every element of the right.",
    .formula = "result[i, j] = left[i] * right[j]",
    .gradient = "sum of c * right over columns for left, sum of c * left over rows for right",
    .shapes = "left of m and right of n elements: (m, n)",
    .samples =
        [] {
          return std::vector{
              product_sample("matrix and vector", "ab,c->abc", {2, 2}, {3}, outer),
              product_sample("vectors", "a,b->ab", {3}, {2}, outer),
              product_sample("scalars", ",->", {}, {}, outer),
              product_sample("one element", "a,b->ab", {1}, {1}, outer),
              product_sample("no elements", "a,b->ab", {0}, {2}, outer),
          };
        },
    .rejections = [] { return std::vector{mixed_dtypes("outer", outer)}; },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 2})},
                                           .value = {NAN, 0, INFINITY, 2},
                                           .gradient = {INFINITY, INFINITY}}};
        },
}};

static const Register registered_vdot{{
    .name = "vdot",
    .family = OperatorFamily::linear_algebra,
    .signature = "vdot(left, right)",
    .summary = "Scalar product of all elements.",
    .formula = "sum over i of left[i] * right[i]",
    .gradient = "c * right for left, c * left for right",
    .shapes = "equally many elements on either side: ()",
    .samples =
        [] {
          return std::vector{
              product_sample("matrices", "ab,ab->", {2, 3}, {2, 3}, vdot),
              product_sample("vectors", "a,a->", {3}, {3}, vdot),
              product_sample("scalars", ",->", {}, {}, vdot),
              product_sample("no elements", "a,a->", {0}, {0}, vdot),
          };
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"more elements on one side",
               [] {
                 vdot(input({2, 3}), input({5}));
               },
               "vdot: shapes (2, 3) and (5,) must have equally many elements"},
              mixed_dtypes("vdot", vdot),
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                           .value = {NAN},
                                           .gradient = {INFINITY, 1},
                                           .build = [](auto x) { return vdot(x[0], x[1]); }}};
        },
}};

}  // namespace xgrad
