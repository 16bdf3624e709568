#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/gemm.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/matrix_product.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// The product of two matrices.
class Dot final : public MatrixProduct<Dot> {
 public:
  using MatrixProduct::MatrixProduct;

  std::string_view name() const override { return "dot"; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, {inputs[0].shape[transpose_left() ? 1 : 0], inputs[1].shape[transpose_right() ? 0 : 1]}}};
  }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) product<T>(arguments);
    });
  }

  // Rows of the result are columns of a left operand that is stored transposed.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return std::vector{transpose_left() ? 1 : 0, whole};
  }

 private:
  template <class T>
  void product(const KernelArguments& arguments) const {
    const auto& left = arguments.inputs[0];
    const auto& right = arguments.inputs[1];
    const auto& result = arguments.outputs[0];
    if (left.shape[transpose_left() ? 0 : 1] == 0) {
      std::fill_n(result.as<T>(), result.shape[0] * result.shape[1], T(0));
      return;
    }
    gemm(MatrixView<const T>{left.as<T>(), left.shape[0], left.shape[1], left.row_stride, transpose_left()},
         MatrixView<const T>{right.as<T>(), right.shape[0], right.shape[1], right.row_stride, transpose_right()},
         MatrixView<T>{result.as<T>(), result.shape[0], result.shape[1], result.row_stride});
  }
};

void check(const Tensor& left, const Tensor& right) {
  expect_factors("dot", left, right);
  if (left.rank() == 0 || right.rank() == 0 || right.rank() > 2) {
    throw ShapeError(
        fmt::format("dot: expected at least one axis on the left and one or two on the right, but got shapes "
                    "{} and {}; multiply by a scalar with *, reshape what has more axes",
                    left.shape().to_string(), right.shape().to_string()));
  }
  const Dim last = left.shape()[left.rank() - 1];
  if (!(last == right.shape()[0])) {
    throw ShapeError(fmt::format(
        "dot: shapes {} and {} do not fit: the last axis of the left, {}, and the first of the "
        "right, {}, must be equal; transpose or reshape one side",
        left.shape().to_string(), right.shape().to_string(), last.to_string(), right.shape()[0].to_string()));
  }
}

}  // namespace

Tensor dot(const Tensor& left, const Tensor& right) {
  check(left, right);
  const Dim inner = right.shape()[0];
  std::vector<Dim> dims(left.shape().begin(), left.shape().end() - 1);
  const Dim rows = Shape(dims).size();
  const Dim columns = right.rank() == 2 ? right.shape()[1] : Dim(1);
  if (right.rank() == 2) dims.push_back(columns);
  const auto product = Dot::multiply(reshape(left, {rows, inner}), reshape(right, {inner, columns}));
  return reshape(product, Shape(std::move(dims)));
}

static const Register registered_dot{{
    .name = "dot",
    .family = OperatorFamily::linear_algebra,
    .signature = "dot(left, right)",
    .summary = "Product of matrices and vectors: sums over the last axis of left and the first of right.",
    .formula = "result[i, j] = sum over k of left[i, k] * right[k, j]",
    .gradient = "dot(c, transpose(right)) for left, dot(transpose(left), c) for right",
    .shapes = "x (..., k) and w (k, n): (..., n); vectors lose their axis, as in NumPy",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents left, Extents right) {
            samples.push_back({std::move(label), {sample_values(left), sample_values(right, -2, 2, 1)}, [](auto x) {
                                 return dot(x[0], x[1]);
                               }});
          };
          const auto add_transposed = [&](std::string label, Extents left, Extents right, bool flip_left,
                                          bool flip_right) {
            samples.push_back({std::move(label), {sample_values(left), sample_values(right, -2, 2, 1)}, [=](auto x) {
                                 return dot(flip_left ? transpose(x[0]) : x[0], flip_right ? transpose(x[1]) : x[1]);
                               }});
          };
          add("matrices", {2, 3}, {3, 4});
          add("vectors", {3}, {3});
          add("matrix and vector", {2, 3}, {3});
          add("vector and matrix", {3}, {3, 4});
          add("three axes and matrix", {2, 4, 3}, {3, 5});
          add("three axes and vector", {2, 4, 3}, {3});
          add_transposed("left transposed", {3, 2}, {3, 4}, true, false);
          add_transposed("right transposed", {2, 3}, {4, 3}, false, true);
          add_transposed("both transposed", {3, 2}, {4, 3}, true, true);
          add("one element", {1, 1}, {1, 1});
          add("no rows", {0, 3}, {3, 2});
          add("nothing to sum", {2, 0}, {0, 3});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"inner sizes that differ",
               [] {
                 dot(input({batch, 784}), input({10, 32}));
               },
               "dot: shapes (batch, 784) and (10, 32) do not fit: the last axis of the left, 784, and the first of the "
               "right, 10, must be equal"},
              {"mixed dtypes",
               [] {
                 dot(input({2, 3}), input({3, 4}, {}, DType::float64));
               },
               "dot: expected both sides to be float32 or both float64, but got float32 and float64"},
              {"integers", [] { dot(input({3}, {}, DType::int32), input({3}, {}, DType::int32)); },
               "dot: expected both sides to be float32 or both float64, but got int32 and int32"},
              {"a scalar", [] { dot(input({}), input({3})); }, "dot: expected at least one axis on the left"},
              {"three axes on the right",
               [] {
                 dot(input({2, 3}), input({4, 3, 2}));
               },
               "one or two on the right, but got shapes (2, 3) and (4, 3, 2)"},
          };
        },
}};

}  // namespace xgrad
