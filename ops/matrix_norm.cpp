#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/matrix_norm.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/norm.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/svd.hpp>

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// As matrices of one column.
Tensor singular_values(const Tensor& x) { return expand_dims(svdvals(x), -1); }

/// The numbers among which a norm is the largest or smallest, as matrices of one row or column.
Tensor candidates(const Tensor& x, double magnitude) {
  if (magnitude == 1) return sum(abs(x), -2, true);
  if (magnitude == 2) return singular_values(x);
  return sum(abs(x), -1, true);
}

}  // namespace

Tensor matrix_norm(const Tensor& x, std::string_view kind, bool keepdims) {
  expect_matrices("matrix_norm", x);
  if (kind == "fro") return norm(x, 2, {-2, -1}, keepdims);
  if (kind == "nuc") return sum(singular_values(x), {-2, -1}, keepdims);
  throw ValueError(fmt::format("matrix_norm: expected 'fro', 'nuc' or a number, but got '{}'", kind));
}

Tensor matrix_norm(const Tensor& x, double order, bool keepdims) {
  expect_matrices("matrix_norm", x);
  const auto magnitude = std::abs(order);
  if (magnitude != 1 && magnitude != 2 && magnitude != infinity) {
    throw ValueError(fmt::format(
        "matrix_norm: expected an order of 1, 2 or infinity, or one of these negated, but got {}; norm takes others",
        order));
  }
  const auto numbers = candidates(x, magnitude);
  nonempty_axes("matrix_norm", numbers, {-2, -1});
  return order > 0 ? max(numbers, {-2, -1}, keepdims) : min(numbers, {-2, -1}, keepdims);
}

static const Register registered_matrix_norm{{
    .name = "matrix_norm",
    .family = OperatorFamily::linear_algebra,
    .signature = "matrix_norm(x, kind = \"fro\" or a number, keepdims = false)",
    .summary = "A norm of each matrix in the last two axes.",
    .formula = "fro: sqrt(sum x^2); nuc: the sum of singular values; 1, infinity: the largest sum of |x| along a "
               "column, a row; 2: the largest singular value; -1, -infinity, -2: the smallest",
    .gradient = "that of norm, of svdvals, or of max, min, sum and abs",
    .shapes = "x (..., m, n): (...), or (..., 1, 1) with keepdims",
    .samples =
        [] {
          std::vector<Sample> samples;
          // Orders 3 and 4 stand for the norms that have a name.
          const auto add = [&](std::string label, Extents shape, double order, bool keepdims = false) {
            const auto name = order == 3 ? "fro" : order == 4 ? "nuc" : fmt::format("order {}", order);
            samples.push_back({name + ", " + label,
                               {separated_values(shape)},
                               [=](auto x) {
                                 return order > 2 && order < infinity ? matrix_norm(x[0], name, keepdims)
                                                                      : matrix_norm(x[0], order, keepdims);
                               },
                               {{"order", {order}}, {"keepdims", {keepdims ? 1.0 : 0.0}}}});
          };
          for (double order : {3.0, 4.0, 1.0, -1.0, 2.0, -2.0, infinity, -infinity}) {
            add("stack", {2, 3, 2}, order);
            add("wide, keepdims", {2, 3}, order, true);
            add("no matrices", {0, 2, 2}, order);
          }
          add("one element", {1, 1}, 3);
          add("matrices of nothing", {2, 0, 3}, 3);
          add("matrices of nothing", {2, 0, 3}, 4);
          return samples;
        },
    .rejections =
        [] {
          const auto x = input({2, 3});
          return std::vector<Rejection>{
              {"a vector", [] { matrix_norm(input({3})); },
               "matrix_norm: expected matrices in the last two axes, but got shape (3,)"},
              {"another name", [=] { matrix_norm(x, "max"); },
               "matrix_norm: expected 'fro', 'nuc' or a number, but got 'max'"},
              {"another order", [=] { matrix_norm(x, 3); },
               "matrix_norm: expected an order of 1, 2 or infinity, or one of these negated, but got 3"},
              {"the largest of nothing",
               [] {
                 matrix_norm(input({2, 0, 3}), 2);
               },
               "matrix_norm: axis 1 of shape (2, 0, 1) is empty"},
              {"integers",
               [] {
                 matrix_norm(input({2, 2}, {}, DType::int32));
               },
               "matrix_norm: expected float32 or float64"}};
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, 0, 0, 0}, {2, 2})},
                                           .value = {0},
                                           .gradient = {0, 0, 0, 0},
                                           .build = [](auto x) { return matrix_norm(x[0]); }},
                                          {.inputs = {special_array({3e30, 0, 0, 4e30}, {2, 2})},
                                           .value = {5e+30},
                                           .gradient = {0.6, 0, 0, 0.8},
                                           .build = [](auto x) { return matrix_norm(x[0]); }},
                                          {.inputs = {special_array({1, NAN, 1, 1}, {2, 2})},
                                           .value = {NAN},
                                           .gradient = {NAN, NAN, NAN, NAN},
                                           .arguments = "-1",
                                           .build = [](auto x) { return matrix_norm(x[0], -1.0); }}};
        },
}};

}  // namespace xgrad
