#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/gemm.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_product.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <type_traits>

namespace xgrad {
namespace {

/// Products of matrices along leading axes, of which both sides have equally many.
class Matmul final : public MatrixProduct<Matmul> {
 public:
  using MatrixProduct::MatrixProduct;

  std::string_view name() const override { return "matmul"; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& left = inputs[0].shape;
    const auto& right = inputs[1].shape;
    const auto leading = [](const Shape& shape) { return Shape(std::vector<Dim>(shape.begin(), shape.end() - 2)); };
    auto dims = broadcast("matmul", leading(left), leading(right)).dims();
    dims.push_back(left[left.rank() - (transpose_left() ? 1 : 2)]);
    dims.push_back(right[right.rank() - (transpose_right() ? 2 : 1)]);
    return {{inputs[0].dtype, Shape(std::move(dims))}};
  }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) products<T>(arguments);
    });
  }

  // A side that is repeated along the leading axis is needed whole.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    std::vector<int> axes;
    for (const auto& input : inputs) axes.push_back(input.shape[0].is_one() ? whole : 0);
    return axes;
  }

 private:
  /// An operand's matrices: where each lies follows from strides, which are 0 along axes that are repeated.
  template <class T>
  struct Stack {
    Stack(const ArrayView& view, bool flip) : matrix{view.as<std::remove_const_t<T>>(), 0, 0, 0, flip} {
      const auto rank = view.shape.size();
      matrix.rows = view.shape[rank - 2];
      matrix.columns = matrix.stride = view.shape[rank - 1];
      std::int64_t stride = matrix.rows * matrix.columns;
      for (std::size_t axis = rank - 2; axis-- > 0; stride *= view.shape[axis]) {
        strides[axis] = view.shape[axis] == 1 ? 0 : stride;
      }
    }
    MatrixView<T> matrix;
    std::array<std::int64_t, max_rank> strides;
  };

  template <class T>
  void products(const KernelArguments& arguments) const {
    Stack<const T> left(arguments.inputs[0], transpose_left());
    Stack<const T> right(arguments.inputs[1], transpose_right());
    Stack<T> result(arguments.outputs[0], false);
    const auto shape = arguments.outputs[0].shape;
    if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return;
    const auto leading = shape.first(shape.size() - 2);
    std::array<std::int64_t, max_rank> index{};
    const auto size = result.matrix.rows * result.matrix.columns;
    for (std::int64_t count = element_count(leading); count > 0; --count, result.matrix.data += size) {
      gemm(left.matrix, right.matrix, result.matrix);
      for (std::size_t axis = leading.size(); axis-- > 0;) {
        left.matrix.data += left.strides[axis];
        right.matrix.data += right.strides[axis];
        if (++index[axis] < leading[axis]) break;
        left.matrix.data -= left.strides[axis] * leading[axis];
        right.matrix.data -= right.strides[axis] * leading[axis];
        index[axis] = 0;
      }
    }
  }
};

/// x with axes of size 1 before its own until it has `rank` of them.
Tensor with_rank(const Tensor& x, std::size_t rank) {
  if (x.rank() == rank) return x;
  std::vector<Dim> dims(rank - x.rank(), Dim(1));
  dims.insert(dims.end(), x.shape().begin(), x.shape().end());
  // Of the operand of a transpose, so that it stays one.
  if (const auto operand = matrix_transpose_of(x)) return matrix_transpose("matmul", with_rank(*operand, rank));
  return reshape(x, Shape(std::move(dims)));
}

void check(const Tensor& left, const Tensor& right) {
  expect_factors("matmul", left, right);
  if (left.rank() == 0 || right.rank() == 0) {
    throw ShapeError(
        fmt::format("matmul: expected at least one axis on either side, but got shapes {} and {}; multiply by a scalar "
                    "with *",
                    left.shape().to_string(), right.shape().to_string()));
  }
  const Dim last = left.shape()[left.rank() - 1];
  const Dim inner = right.shape()[right.rank() == 1 ? 0 : right.rank() - 2];
  if (!(last == inner)) {
    throw ShapeError(fmt::format(
        "matmul: shapes {} and {} do not fit: the last axis of the left, {}, and the last but one of the right, {}, "
        "must be equal; transpose or reshape one side",
        left.shape().to_string(), right.shape().to_string(), last.to_string(), inner.to_string()));
  }
}

}  // namespace

Tensor matmul(const Tensor& left, const Tensor& right) {
  check(left, right);
  if (right.rank() <= 2) return dot(left, right);
  const auto rank = std::max(left.rank(), right.rank());
  const auto product = Matmul::multiply(with_rank(left, rank), with_rank(right, rank));
  return left.rank() == 1 ? squeeze(product, -2) : product;
}

Tensor matrix_transpose(std::string_view where, const Tensor& x) {
  if (x.rank() < 2) {
    throw ShapeError(fmt::format("{}: expected matrices in the last two axes, but got shape {}; reshape it", where,
                                 x.shape().to_string()));
  }
  std::vector<std::int64_t> axes(x.rank());
  std::iota(axes.begin(), axes.end(), 0);
  std::swap(axes[axes.size() - 1], axes[axes.size() - 2]);
  return transpose(x, axes);
}

static const Register registered_matmul{{
    .name = "matmul",
    .family = OperatorFamily::linear_algebra,
    .signature = "matmul(left, right)",
    .summary = "Products of matrices along leading axes, which broadcast.",
    .formula = "result[b, i, j] = sum over k of left[b, i, k] * right[b, k, j]",
    .gradient = "matmul(c, right^T) for left, matmul(left^T, c) for right, summed over leading axes that were repeated",
    .shapes = "left (b..., m, k) and right (b..., k, n): (b..., m, n); vectors lose their axis",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents left, Extents right, bool flip_left = false,
                               bool flip_right = false) {
            const auto flip = [](const Tensor& x, bool is_asked) {
              return is_asked ? matrix_transpose("matmul", x) : x;
            };
            samples.push_back({std::move(label),
                               {sample_values(left), sample_values(right, -2, 2, 1)},
                               [=](auto x) { return matmul(flip(x[0], flip_left), flip(x[1], flip_right)); },
                               {{"flip_left", {flip_left ? 1.0 : 0.0}}, {"flip_right", {flip_right ? 1.0 : 0.0}}}});
          };
          add("stacks", {2, 3, 2}, {2, 2, 3});
          add("matrices", {2, 3}, {3, 2});
          add("vectors", {3}, {3});
          add("stack and matrix", {2, 2, 3}, {3, 2});
          add("stack and vector", {2, 2, 3}, {3});
          add("matrix and stack", {2, 3}, {4, 3, 2});
          add("vector and stack", {3}, {2, 3, 2});
          add("leading axes that broadcast", {2, 1, 2, 2}, {3, 2, 2});
          add("a leading axis of one", {1, 2, 3}, {2, 3, 2});
          add("left transposed", {2, 3, 2}, {2, 3, 2}, true, false);
          add("right transposed", {2, 2, 3}, {2, 2, 3}, false, true);
          add("both transposed", {2, 3, 2}, {2, 2, 3}, true, true);
          add("transposed matrix and stack", {3, 2}, {2, 2, 3}, true, true);
          add("one element", {1, 1, 1}, {1, 1, 1});
          add("no matrices", {0, 2, 3}, {0, 3, 2});
          add("nothing to sum", {2, 2, 0}, {2, 0, 3});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"inner sizes that differ",
               [] {
                 matmul(input({batch, 2, 3}), input({batch, 4, 5}));
               },
               "matmul: shapes (batch, 2, 3) and (batch, 4, 5) do not fit: the last axis of the left, 3, and the last "
               "but one of the right, 4, must be equal"},
              {"leading axes that do not broadcast",
               [] {
                 matmul(input({2, 2, 3}), input({4, 3, 5}));
               },
               "matmul: shapes (2,) and (4,) do not broadcast"},
              {"mixed dtypes",
               [] {
                 matmul(input({2, 2, 3}), input({2, 3, 4}, {}, DType::float64));
               },
               "matmul: expected both sides to be float32 or both float64, but got float32 and float64"},
              {"a scalar", [] { matmul(input({}), input({3})); }, "matmul: expected at least one axis on either side"},
          };
        },
}};

}  // namespace xgrad
