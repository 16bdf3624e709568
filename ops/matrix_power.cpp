#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_power.hpp>
#include <xgrad/ops/matrix_stack.hpp>

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace xgrad {
namespace {

Tensor identities_like(const Tensor& x) {
  const Dim size = x.shape()[x.rank() - 1];
  if (!size.is_known()) {
    throw ShapeError(fmt::format("matrix_power: expected matrices of a known size for exponent 0, but got shape {}",
                                 x.shape().to_string()));
  }
  return broadcast_to(identity_matrix(size.value(), x.dtype()), x.shape());
}

}  // namespace

Tensor matrix_power(const Tensor& x, std::int64_t exponent) {
  expect_square("matrix_power", x);
  if (exponent == 0) return identities_like(x);
  Tensor power = exponent < 0 ? inv(x) : x;  // x^1, x^2, x^4, ...
  std::optional<Tensor> result;
  for (auto rest = exponent < 0 ? 0 - static_cast<std::uint64_t>(exponent) : static_cast<std::uint64_t>(exponent);;) {
    if (rest % 2 == 1) result = result ? matmul(*result, power) : power;
    rest /= 2;
    if (rest == 0) return *result;
    power = matmul(power, power);
  }
}

static const Register registered_matrix_power{{
    .name = "matrix_power",
    .family = OperatorFamily::linear_algebra,
    .signature = "matrix_power(x, exponent)",
    .summary = "The power of each matrix in the last two axes, the exponent being an integer.",
    .formula = "x matmul x matmul ... matmul x",
    .gradient = "that of the products and, for negative exponents, of inv",
    .shapes = "x (..., n, n): the shape of x",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Array x, std::int64_t exponent) {
            samples.push_back({std::move(label),
                               {std::move(x)},
                               [=](auto x) { return matrix_power(x[0], exponent); },
                               {{"exponent", {static_cast<double>(exponent)}}}});
          };
          add("exponent 1", sample_values({2, 2}, -1, 1), 1);
          add("exponent 3", sample_values({3, 3}, -1, 1), 3);
          add("exponent 6, stack", sample_values({2, 2, 2}, -1, 1), 6);
          add("exponent 0", sample_values({2, 2, 2}), 0);
          add("exponent -1", invertible_values({3, 3}), -1);
          add("exponent -2, stack", invertible_values({2, 2, 2}), -2);
          add("one element", sample_values({1, 1}), 2);
          add("no matrices", sample_values({0, 2, 2}), 2);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"not square",
               [] {
                 matrix_power(input({batch, 2, 3}), 2);
               },
               "matrix_power: expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
              {"a symbol",
               [] {
                 matrix_power(input({batch, batch}), 0);
               },
               "matrix_power: expected matrices of a known size for exponent 0, but got shape (batch, batch)"},
              {"integers",
               [] {
                 matrix_power(input({2, 2}, {}, DType::int32), 2);
               },
               "matrix_power: expected float32 or float64"}};
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, 0, 0, 0}, {2, 2})},
                                           .value = {1, 0, 0, 1},
                                           .gradient = {0, 0, 0, 0},
                                           .arguments = "0",
                                           .build = [](auto x) { return matrix_power(x[0], 0); }},
                                          {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2})},
                                           .value = {1, 0, 0, 1},
                                           .gradient = {0, 0, 0, 0},
                                           .arguments = "0",
                                           .build = [](auto x) { return matrix_power(x[0], 0); }}};
        },
}};

}  // namespace xgrad
