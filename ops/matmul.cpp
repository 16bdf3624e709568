#include <xgrad/framework/autodiff/sparse_term.hpp>
#include <xgrad/framework/backends/gemm.hpp>
#include <xgrad/framework/backends/gemm_backend.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matmul/axis_order.hpp>
#include <xgrad/ops/matmul/choosing_gemm.hpp>
#include <xgrad/ops/matmul/packed_matmul.hpp>
#include <xgrad/ops/matmul/stored_matrices.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <numeric>
#include <string>
#include <type_traits>

namespace xgrad {
namespace {

Tensor matrix_product(const Tensor& left, const Tensor& right, ZeroFactors zeros = ZeroFactors::multiply);

Tensor flipped(const Tensor& x) { return matrix_transpose("matmul", x); }

/// What x is the transpose of, matrix by matrix, where that is cheaper: an operand that needs no copy, or one whose
/// rows are copied as they are, such as the keys of attention before their heads were moved and their matrices
/// transposed.
std::optional<Tensor> flipped_operand(const Tensor& x) {
  const auto inner = transpose_of(x);
  if (!inner) return std::nullopt;
  std::vector<std::int64_t> axes(inner->axes.begin(), inner->axes.end());
  std::swap(axes[axes.size() - 1], axes[axes.size() - 2]);
  if (axes.back() + 1 != static_cast<std::int64_t>(axes.size())) return std::nullopt;
  return transpose(inner->x, axes);
}

Tensor in_order(const Tensor& x, const AxisOrder& order) {
  return transpose(x, std::vector<std::int64_t>(order.begin(), order.end()));
}

/// Products of matrices along leading axes, of which both sides have equally many. Operands and result may be stored
/// with their axes in another order, such as matrices as their transposes, or the rows of attention's heads side by
/// side. Without leading axes it goes by the name of the product of two matrices.
class Matmul : public Op, public TransposableResult {
 public:
  Matmul(AxisOrder left, AxisOrder right, AxisOrder result, ZeroFactors zeros = ZeroFactors::multiply)
      : rank_(left.size()),
        left_(std::move(left)),
        right_(std::move(right)),
        result_(std::move(result)),
        zeros_(zeros) {}
  Matmul(std::size_t rank, bool transpose_left, bool transpose_right, ZeroFactors zeros = ZeroFactors::multiply)
      : Matmul(order_of(rank, transpose_left), order_of(rank, transpose_right), order_of(rank, false), zeros) {}

  std::string_view name() const override { return rank_ == 2 ? "dot" : "matmul"; }
  std::optional<Attributes> attributes() const override {
    constexpr std::string_view zeros[] = {"multiply", "choose in gradients", "choose"};
    return Attributes{
        {"left", left_}, {"right", right_}, {"result", result_}, {"zeros", zeros[static_cast<int>(zeros_)]}};
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto matrices = [](const Shape& stored, const AxisOrder& order) {
      std::vector<Dim> dims;
      for (auto axis : order) dims.push_back(stored[axis]);
      return dims;
    };
    const auto left = matrices(inputs[0].shape, left_);
    const auto right = matrices(inputs[1].shape, right_);
    const auto leading = [](const std::vector<Dim>& dims) { return Shape({dims.begin(), dims.end() - 2}); };
    auto dims = broadcast("matmul", leading(left), leading(right)).dims();
    dims.push_back(left[rank_ - 2]);
    dims.push_back(right[rank_ - 1]);
    return {{inputs[0].dtype, Shape(matrices(Shape(dims), inverse(result_)))}};
  }

  bool can_fail() const override { return !gemm_is_ordered(); }  // other libraries may lack memory

  void forward(const KernelArguments& arguments) const override {
    visit_floating(arguments.outputs[0].dtype, [&]<class T>() { products<T>(arguments); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto left = in_order(at.input(0), left_);
    const auto right = in_order(at.input(1), right_);
    const auto cotangent = in_order(at.cotangent(), result_);
    const auto zeros = zeros_ == ZeroFactors::multiply ? zeros_ : ZeroFactors::choose;
    if (index == 0) {
      if (left_ == order_of(rank_, true)) return matrix_product(right, flipped(cotangent), zeros);
      return in_order(matrix_product(cotangent, flipped(right), zeros), inverse(left_));
    }
    if (right_ == order_of(rank_, true)) return matrix_product(flipped(cotangent), left, zeros);
    return in_order(matrix_product(flipped(left), cotangent, zeros), inverse(right_));
  }

  std::optional<Tensor> without_transposes(std::span<const Tensor> inputs) const override {
    const auto left = stored(inputs[0], left_);
    const auto right = stored(inputs[1], right_);
    if (!left && !right) return std::nullopt;
    return apply(
        std::make_shared<const Matmul>(left ? left->order : left_, right ? right->order : right_, result_, zeros_),
        {left ? left->x : inputs[0], right ? right->x : inputs[1]});
  }

  std::optional<Tensor> transposed_result(std::span<const Tensor> inputs,
                                          const std::vector<std::size_t>& axes) const override {
    const auto order = composed(result_, inverse(axes));
    if (rank_ == 2 || order[0] != 0 || order[rank_ - 1] != rank_ - 1) return std::nullopt;
    return apply(std::make_shared<const Matmul>(left_, right_, order, zeros_), {inputs[0], inputs[1]});
  }

  // Of two matrices, rows of the result are columns of a left one that is stored transposed. A side that is repeated
  // along the leading axis is needed whole.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (rank_ == 2) return std::vector{static_cast<int>(left_[0]), whole};
    std::vector<int> axes;
    for (const auto& input : inputs) axes.push_back(input.shape[0].is_one() ? whole : 0);
    return axes;
  }

  std::optional<PackableInput> packable_input(std::span<const Tensor> inputs) const override {
    if (rank_ != 2 || zeros_ != ZeroFactors::multiply) return std::nullopt;
    return packable_right_operand(product(), inputs[0], inputs[1]);
  }

  Tensor with_packed_input(std::span<const Tensor> inputs, const Tensor& packed, const Tensor& rows) const override {
    return multiply_packed(product(), inputs[0], inputs[1], packed, rows);
  }

  // Each block packs the right operand for itself.
  std::int64_t least_block_rows() const override { return rank_ == 2 ? 64 : 1; }

  double cost(std::span<const Extents> inputs) const override {
    constexpr double multiply_add = 0.4;  // matrix kernels keep what they work on in registers
    return multiply_add * inner(inputs);
  }

  double operations(std::span<const Extents> inputs) const override { return 2 * inner(inputs); }

 private:
  MatrixProduct product() const { return {left_[0] == 1, right_[0] == 1}; }

  double inner(std::span<const Extents> inputs) const { return static_cast<double>(inputs[0][left_[rank_ - 1]]); }

  struct Stored {
    Tensor x;
    AxisOrder order;
  };

  /// What the kernel reads in place of the operand x, which it reads in an order already. Where only the axis that
  /// blocks are cut along stays in its place, and the last one in a matrix, is no copy needed.
  static std::optional<Stored> stored(const Tensor& x, const AxisOrder& order) {
    const auto inner = transpose_of(x);
    if (!inner) return std::nullopt;
    auto all = composed(order, inner->axes);
    const auto rank = all.size();
    const auto last = static_cast<std::size_t>(std::find(all.begin(), all.end(), rank - 1) - all.begin());
    if (rank == 2 || (all[0] == 0 && last + 2 >= rank)) return Stored{inner->x, std::move(all)};
    const auto operand = flipped_operand(x);
    if (!operand) return std::nullopt;
    return Stored{*operand, composed(order, order_of(rank, true))};
  }

  template <class T>
  void products(const KernelArguments& arguments) const {
    StoredMatrices<const T> left(arguments.inputs[0], left_);
    StoredMatrices<const T> right(arguments.inputs[1], right_);
    StoredMatrices<T> result(arguments.outputs[0], result_);
    const std::span leading(result.extents.data(), rank_ - 2);
    if (element_count(arguments.outputs[0].shape) == 0) return;
    std::array<std::int64_t, max_rank> index{};
    for (std::int64_t count = element_count(leading); count > 0; --count) {
      gemm(left.matrix, right.matrix, result.matrix);
      if (zeros_ == ZeroFactors::choose) choose_by_zeros(left.matrix, right.matrix, result.matrix);
      for (std::size_t axis = leading.size(); axis-- > 0;) {
        const bool ends = ++index[axis] == leading[axis];
        const auto steps = ends ? 1 - leading[axis] : 1;
        left.matrix.data += steps * left.strides[axis];
        right.matrix.data += steps * right.strides[axis];
        result.matrix.data += steps * result.strides[axis];
        if (!ends) break;
        index[axis] = 0;
      }
    }
  }

  std::size_t rank_;
  AxisOrder left_;
  AxisOrder right_;
  AxisOrder result_;
  ZeroFactors zeros_;
};

/// What the gradient of a weight matrix is made of: transpose(x) d, a sum over rows. Where a layer is used many times,
/// as in each step of a recurrent network, one product over all their rows takes the place of the sum of many products.
class ProductOverRows final : public Matmul, public SparseTerm {
 public:
  ProductOverRows() : Matmul(2, true, false) {}

  std::vector<Tensor> merged(std::span<const Tensor> terms) const override {
    std::map<std::string, std::vector<Tensor>> groups;
    for (const auto& term : terms) {
      const auto inputs = term.node().inputs();
      groups[inputs[0].shape().to_string() + inputs[1].shape().to_string()].push_back(term);
    }
    std::vector<Tensor> result;
    for (const auto& [shapes, group] : groups) {
      if (are_worth_joining(group)) {
        result.push_back(over_all_rows(group));
      } else {
        result.insert(result.end(), group.begin(), group.end());
      }
    }
    return result;
  }

 private:
  /// Joining copies the operands once, a sum reads and writes results of the size of the weights.
  static bool are_worth_joining(const std::vector<Tensor>& terms) {
    constexpr std::size_t fewest = 8;
    if (terms.size() < fewest) return false;
    const auto inputs = terms[0].node().inputs();
    const auto elements = [](const Tensor& tensor) { return tensor.shape().size(); };
    const Dim copied[] = {elements(inputs[0]), elements(inputs[1])};
    // Of a batch whose size is a symbol, rows are as many as a step of training usually has.
    if (!copied[0].is_known() || !copied[1].is_known()) return true;
    return copied[0].value() + copied[1].value() <= 2 * elements(terms[0]).value();
  }

  static Tensor over_all_rows(const std::vector<Tensor>& terms) {
    const auto joined = [&](std::size_t input) {
      std::vector<Tensor> operands;
      for (const auto& term : terms) operands.push_back(term.node().inputs()[input]);
      // Beside each other, so that rows stay rows.
      const auto all = stack(operands, 1);
      const auto& shape = all.shape();
      return reshape(all, {shape[0] * shape[1], shape[2]});
    };
    return apply(std::make_shared<const ProductOverRows>(), {joined(0), joined(1)});
  }
};

Tensor matrix_product(const Tensor& left, const Tensor& right, ZeroFactors zeros) {
  const auto left_operand = flipped_operand(left);
  const auto right_operand = flipped_operand(right);
  if (left.rank() == 2 && left_operand && !right_operand && zeros == ZeroFactors::multiply) {
    return apply(std::make_shared<const ProductOverRows>(), {*left_operand, right});
  }
  return apply(std::make_shared<const Matmul>(left.rank(), left_operand.has_value(), right_operand.has_value(), zeros),
               {left_operand.value_or(left), right_operand.value_or(right)});
}

/// x with axes of size 1 before its own until it has `rank` of them.
Tensor with_rank(const Tensor& x, std::size_t rank) {
  if (x.rank() == rank) return x;
  std::vector<Dim> dims(rank - x.rank(), Dim(1));
  dims.insert(dims.end(), x.shape().begin(), x.shape().end());
  // Of the operand of a transpose, so that it stays one.
  if (const auto operand = flipped_operand(x)) return flipped(with_rank(*operand, rank));
  return reshape(x, Shape(dims));
}

/// By a matrix or a vector on the right: one product, whatever the axes of the left.
Tensor multiply_rows(const Tensor& left, const Tensor& right, ZeroFactors zeros) {
  const Dim inner = right.shape()[0];
  std::vector<Dim> dims(left.shape().begin(), left.shape().end() - 1);
  const Dim rows = Shape(dims).size();
  const Dim columns = right.rank() == 2 ? right.shape()[1] : Dim(1);
  if (right.rank() == 2) dims.push_back(columns);
  const auto product = matrix_product(reshape(left, {rows, inner}), reshape(right, {inner, columns}), zeros);
  return reshape(product, Shape(dims));
}

}  // namespace

void expect_one_floating_dtype(std::string_view where, const Tensor& left, const Tensor& right) {
  if (left.dtype() == right.dtype() && is_floating(left.dtype())) return;
  throw DTypeError(fmt::format(
      "{}: expected both sides to be float32 or both float64, but got {} and {}; cast one side, for example "
      "cast(x, DType::float32)",
      where, to_string(left.dtype()), to_string(right.dtype())));
}

void expect_inner_sizes(std::string_view where, const Tensor& left, const Tensor& right) {
  const Dim last = left.shape()[left.rank() - 1];
  const Dim inner = right.shape()[right.rank() == 1 ? 0 : right.rank() - 2];
  if (last == inner) return;
  throw ShapeError(fmt::format(
      "{}: shapes {} and {} do not fit: the last axis of the left, {}, and the {} of the right, {}, must be "
      "equal; transpose or reshape one side",
      where, left.shape().to_string(), right.shape().to_string(), last.to_string(),
      right.rank() <= 2 ? "first" : "last but one", inner.to_string()));
}

Tensor matmul(const Tensor& left, const Tensor& right) { return matmul(left, right, ZeroFactors::multiply); }

Tensor matmul(const Tensor& left, const Tensor& right, ZeroFactors zeros) {
  expect_one_floating_dtype("matmul", left, right);
  if (left.rank() == 0 || right.rank() == 0) {
    throw ShapeError(
        fmt::format("matmul: expected at least one axis on either side, but got shapes {} and {}; multiply by a scalar "
                    "with *",
                    left.shape().to_string(), right.shape().to_string()));
  }
  expect_inner_sizes("matmul", left, right);
  if (right.rank() <= 2) return multiply_rows(left, right, zeros);
  const auto rank = std::max(left.rank(), right.rank());
  const auto product = matrix_product(with_rank(left, rank), with_rank(right, rank), zeros);
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
}};

}  // namespace xgrad
