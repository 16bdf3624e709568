#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/tensordot.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace xgrad {
namespace {

void check_dtypes(std::string_view where, const Tensor& left, const Tensor& right) {
  if (left.dtype() == right.dtype() && is_floating(left.dtype())) return;
  throw DTypeError(
      fmt::format("{}: expected both sides to be float32 or both float64, but got {} and {}; cast one side", where,
                  to_string(left.dtype()), to_string(right.dtype())));
}

/// The axes of an operand that stay, and then or before them those that are summed.
struct Operand {
  Operand(std::string_view where, const Tensor& x, const std::vector<std::int64_t>& axes) {
    Axes(axes).normalized(where, x.rank());
    for (auto axis : axes) summed.push_back(static_cast<std::int64_t>(normalize_axis(where, axis, x.rank())));
    for (std::int64_t axis = 0; axis < static_cast<std::int64_t>(x.rank()); ++axis) {
      if (std::find(summed.begin(), summed.end(), axis) == summed.end()) free.push_back(axis);
    }
  }
  static std::vector<Dim> sizes(const Tensor& x, const std::vector<std::int64_t>& axes) {
    std::vector<Dim> result;
    for (auto axis : axes) result.push_back(x.shape()[static_cast<std::size_t>(axis)]);
    return result;
  }
  std::vector<std::int64_t> summed;
  std::vector<std::int64_t> free;
};

std::vector<std::int64_t> joined(std::vector<std::int64_t> first, const std::vector<std::int64_t>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Tensor contract(std::string_view where, const Tensor& left, const Tensor& right,
                const std::vector<std::int64_t>& left_axes, const std::vector<std::int64_t>& right_axes) {
  check_dtypes(where, left, right);
  const Operand a(where, left, left_axes);
  const Operand b(where, right, right_axes);
  const auto summed = Operand::sizes(left, a.summed);
  if (summed != Operand::sizes(right, b.summed)) {
    throw ShapeError(fmt::format(
        "{}: expected pairs of axes of equal sizes, but axes ({}) of {} have sizes {} and axes ({}) of {} have {}; "
        "name "
        "other axes",
        where, fmt::join(left_axes, ", "), left.shape().to_string(), Shape(summed).to_string(),
        fmt::join(right_axes, ", "), right.shape().to_string(), Shape(Operand::sizes(right, b.summed)).to_string()));
  }
  auto dims = Operand::sizes(left, a.free);
  const auto columns = Operand::sizes(right, b.free);
  const Dim inner = Shape(summed).size();
  const auto product = dot(reshape(transpose(left, joined(a.free, a.summed)), {Shape(dims).size(), inner}),
                           reshape(transpose(right, joined(b.summed, b.free)), {inner, Shape(columns).size()}));
  dims.insert(dims.end(), columns.begin(), columns.end());
  return reshape(product, Shape(std::move(dims)));
}

std::vector<double> as_numbers(const std::vector<std::int64_t>& axes) { return {axes.begin(), axes.end()}; }

/// Samples of a product of two tensors without arguments.
auto product_samples(Tensor (*function)(const Tensor&, const Tensor&),
                     std::vector<std::pair<Extents, Extents>> shapes) {
  return [=] {
    std::vector<Sample> samples;
    for (const auto& [left, right] : shapes) {
      samples.push_back({fmt::format("{} and {}", to_string(left), to_string(right)),
                         {sample_values(left), sample_values(right, -2, 2, 1)},
                         [=](auto x) { return function(x[0], x[1]); }});
    }
    return samples;
  };
}

}  // namespace

Tensor tensordot(const Tensor& left, const Tensor& right, const std::vector<std::int64_t>& left_axes,
                 const std::vector<std::int64_t>& right_axes) {
  return contract("tensordot", left, right, left_axes, right_axes);
}

Tensor tensordot(const Tensor& left, const Tensor& right, std::int64_t axes) {
  const auto most = static_cast<std::int64_t>(std::min(left.rank(), right.rank()));
  if (axes < 0 || axes > most) {
    throw ShapeError(fmt::format("tensordot: expected 0 to {} axes for shapes {} and {}, but got {}", most,
                                 left.shape().to_string(), right.shape().to_string(), axes));
  }
  std::vector<std::int64_t> right_axes(static_cast<std::size_t>(axes));
  std::iota(right_axes.begin(), right_axes.end(), 0);
  auto left_axes = right_axes;
  for (auto& axis : left_axes) axis += static_cast<std::int64_t>(left.rank()) - axes;
  return contract("tensordot", left, right, left_axes, right_axes);
}

Tensor inner(const Tensor& left, const Tensor& right) {
  check_dtypes("inner", left, right);
  if (left.rank() == 0 || right.rank() == 0) return left * right;
  return contract("inner", left, right, {-1}, {-1});
}

Tensor vdot(const Tensor& left, const Tensor& right) {
  return contract("vdot", reshape(left, {left.shape().size()}), reshape(right, {right.shape().size()}), {0}, {0});
}

static const Register registered_tensordot{{
    .name = "tensordot",
    .family = OperatorFamily::linear_algebra,
    .signature = "tensordot(left, right, axes = 2), tensordot(left, right, left_axes, right_axes)",
    .summary = "Sums products over pairs of axes.",
    .formula = "result[i..., j...] = sum over k... of left[i..., k...] * right[k..., j...]",
    .gradient = "tensordot of c and right over the axes of right for left, of left and c over those of left for right",
    .shapes = "left (i..., k...) and right (k..., j...): (i..., j...)",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents left, Extents right, std::vector<std::int64_t> left_axes,
                               std::vector<std::int64_t> right_axes) {
            samples.push_back({std::move(label),
                               {sample_values(left), sample_values(right, -2, 2, 1)},
                               [=](auto x) { return tensordot(x[0], x[1], left_axes, right_axes); },
                               {{"left_axes", as_numbers(left_axes)}, {"right_axes", as_numbers(right_axes)}}});
          };
          add("matrices", {2, 3}, {3, 2}, {1}, {0});
          add("axes in another order", {2, 3, 2}, {2, 2, 3}, {0, 1}, {1, 2});
          add("the first axes", {3, 2}, {3, 2}, {0}, {0});
          add("all axes", {2, 3}, {2, 3}, {0, 1}, {0, 1});
          add("no axes", {2}, {3, 2}, {}, {});
          add("one element", {1, 1}, {1, 1}, {1}, {0});
          add("no rows", {0, 3}, {3, 2}, {1}, {0});
          add("nothing to sum", {2, 0}, {0, 3}, {1}, {0});
          samples.push_back({"a number of axes",
                             {sample_values({3, 2, 2}), sample_values({2, 2}, -2, 2, 1)},
                             [](auto x) { return tensordot(x[0], x[1]); },
                             {{"left_axes", {1, 2}}, {"right_axes", {0, 1}}}});
          return samples;
        },
    .rejections =
        [] {
          const auto x = input({batch, 3});
          return std::vector<Rejection>{
              {"sizes that differ",
               [=] {
                 tensordot(x, input({4, 2}), {1}, {0});
               },
               "tensordot: expected pairs of axes of equal sizes, but axes (1) of (batch, 3) have sizes (3,) and axes "
               "(0) of (4, 2) have (4,)"},
              {"another number of axes",
               [=] {
                 tensordot(x, x, {0, 1}, {1});
               },
               "expected pairs of axes"},
              {"an axis twice",
               [=] {
                 tensordot(x, x, {1, -1}, {0, 1});
               },
               "tensordot: axis 1 is named twice"},
              {"more axes than there are", [=] { tensordot(x, x, 3); },
               "tensordot: expected 0 to 2 axes for shapes (batch, 3) and (batch, 3), but got 3"},
              {"mixed dtypes", [=] { tensordot(x, input({3}, {}, DType::float64), 1); },
               "tensordot: expected both sides to be float32 or both float64, but got float32 and float64"}};
        },
}};

static const Register registered_inner{{
    .name = "inner",
    .family = OperatorFamily::linear_algebra,
    .signature = "inner(left, right)",
    .summary = "Sums products over the last axes of both sides.",
    .formula = "result[i..., j...] = sum over k of left[i..., k] * right[j..., k]",
    .gradient = "tensordot of c and right over j... for left, of c and left over i... for right",
    .shapes = "left (i..., k) and right (j..., k): (i..., j...)",
    .samples = product_samples(inner, {{{2, 3}, {4, 3}},
                                       {{3}, {3}},
                                       {{2, 2, 3}, {3}},
                                       {{}, {2, 3}},
                                       {{}, {}},
                                       {{1, 1}, {1, 1}},
                                       {{0, 3}, {2, 3}},
                                       {{2, 0}, {3, 0}}}),
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"sizes that differ",
               [] {
                 inner(input({batch, 3}), input({3, 2}));
               },
               "inner: expected pairs of axes of equal sizes, but axes (-1) of (batch, 3) have sizes (3,)"},
              {"integers", [] { inner(input({3}, {}, DType::int32), input({3}, {}, DType::int32)); },
               "inner: expected both sides to be float32 or both float64, but got int32 and int32"}};
        },
}};

static const Register registered_vdot{{
    .name = "vdot",
    .family = OperatorFamily::linear_algebra,
    .signature = "vdot(left, right)",
    .summary = "The sum of the products of all elements, in row-major order.",
    .formula = "sum over i of left[i] * right[i]",
    .gradient = "c * right for left, c * left for right",
    .shapes = "left and right with equally many elements: ()",
    .samples =
        product_samples(vdot, {{{2, 3}, {2, 3}}, {{6}, {3, 2}}, {{4}, {4}}, {{}, {}}, {{1, 1}, {1}}, {{0, 3}, {0}}}),
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"sizes that differ",
               [] {
                 vdot(input({2, 3}), input({5}));
               },
               "vdot: expected pairs of axes of equal sizes, but axes (0) of (6,) have sizes (6,) and axes (0) of (5,) "
               "have (5,)"},
              {"mixed dtypes", [] { vdot(input({3}), input({3}, {}, DType::float64)); },
               "vdot: expected both sides to be float32 or both float64, but got float32 and float64"}};
        },
}};

}  // namespace xgrad
