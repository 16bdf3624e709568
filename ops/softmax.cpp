#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/fold.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/framework/core/xtensor.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/transpose.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <numeric>

namespace xgrad {
namespace {

/// c * y - y * sum(c * y) along the last axis, in one pass over the rows: the cotangent of softmax's operand, from the
/// cotangent c of its result y, of the same shape. Classes of probability 0 and cotangents of 0 take no part, whatever
/// is beside them.
Tensor softmax_gradient(const Tensor& cotangent, const Tensor& result);

/// A product in which a factor of 0 leaves nothing of the other one.
template <class T>
T chosen(T left, T right) {
  return left == 0 || right == 0 ? T(0) : left * right;
}

template <class T>
void softmax_gradient_rows(const T* cotangent, const T* softmax, T* result, std::int64_t rows, std::int64_t count) {
  for (std::int64_t row = 0; row < rows; ++row, cotangent += count, softmax += count, result += count) {
    for (std::int64_t i = 0; i < count; ++i) result[i] = chosen(cotangent[i], softmax[i]);
    const T along = fold(result, count, T(0), std::plus<T>());
    for (std::int64_t i = 0; i < count; ++i) result[i] -= chosen(softmax[i], along);
  }
}

class SoftmaxGradient final : public Op {
 public:
  std::string_view name() const override { return "softmax_gradient"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& cotangent = arguments.inputs[0];
    visit_floating(cotangent.dtype, [&]<class T>() {
      softmax_gradient_rows(cotangent.as<T>(), arguments.inputs[1].as<T>(), arguments.outputs[0].as<T>(),
                            element_count(cotangent.shape.first(cotangent.shape.size() - 1)), cotangent.shape.back());
    });
  }

  // The map from the cotangent to the result is linear and symmetric.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto& cotangent = at.input(0);
    const auto& softmax = at.input(1);
    const auto& change = at.cotangent();
    if (index == 0) return softmax_gradient(change, softmax);
    const auto along = [&](const Tensor& rows) { return sum(multiply_nonzeros(rows, softmax), -1, true); };
    return multiply_nonzeros(change, cotangent - along(cotangent)) - multiply_nonzeros(cotangent, along(change));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2) return std::nullopt;
    return std::vector{0, 0};
  }

  double cost(std::span<const Extents>) const override { return 3; }
  double operations(std::span<const Extents>) const override { return 5; }
};

Tensor softmax_gradient(const Tensor& cotangent, const Tensor& result) {
  static const auto op = std::make_shared<const SoftmaxGradient>();
  return apply(op, {cotangent, result});
}

/// An operator that maps each row along the last axis, through the exponentials of its distances from its largest
/// element; with `zeros_of_hidden`, from 0 where that is -infinity, so that all exponentials of such a row are 0.
class RowExponentials : public Op {
 public:
  explicit RowExponentials(bool zeros_of_hidden = false) : zeros_of_hidden_(zeros_of_hidden) {}

  std::optional<Attributes> attributes() const override { return Attributes{{"zeros_of_hidden", zeros_of_hidden_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_floating(name(), inputs[0].dtype);
    return {inputs[0]};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) rows<T>(arguments.inputs[0], arguments.outputs[0]);
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2) return std::nullopt;
    return std::vector{0};
  }

  double cost(std::span<const Extents>) const override { return 20; }

 protected:
  bool zeros_of_hidden() const { return zeros_of_hidden_; }

  /// Some rows, one after the other, and what is known of each.
  template <class T>
  struct Rows {
    const T* x;
    T* result;  ///< holds e^(x - largest)
    std::int64_t rows;
    std::int64_t count;  ///< of elements of a row
    T* largest;
    T* sum;  ///< of the exponentials
  };

  /// Makes the result of the exponentials.
  virtual void finish(const Rows<float>& block) const = 0;
  virtual void finish(const Rows<double>& block) const = 0;

  static constexpr std::int64_t block_rows = 64;

 private:
  // Several rows at once: one can be too short for vector registers.
  template <class T>
  void rows(const ArrayView& input, const ArrayView& output) const {
    const std::int64_t count = input.shape.back();
    if (count == 0) return;
    const std::int64_t rows = element_count(input.shape) / count;
    std::array<T, block_rows> largest;
    std::array<T, block_rows> sum;
    for (std::int64_t first = 0; first < rows; first += block_rows) {
      const Rows<T> block{input.as<T>() + first * count,
                          output.as<T>() + first * count,
                          std::min(block_rows, rows - first),
                          count,
                          largest.data(),
                          sum.data()};
      fold_each(block.x, block.rows, count, count, block.largest, -std::numeric_limits<T>::infinity(),
                [](T a, T b) { return a > b ? a : b; });
      if (zeros_of_hidden_)
        std::replace(block.largest, block.largest + block.rows, -std::numeric_limits<T>::infinity(), T(0));
      for (std::int64_t row = 0, i = 0; row < block.rows; ++row) {
        for (const auto end = i + count; i < end; ++i) block.result[i] = block.x[i] - largest[row];
      }
      transform_elements(block.result, block.rows * count, elementary::exp);
      fold_each<T>(block.result, block.rows, count, count, block.sum, T(0), std::plus<T>());
      finish(block);
    }
  }

  bool zeros_of_hidden_;
};

class Softmax final : public RowExponentials {
 public:
  explicit Softmax(bool zeros_of_hidden = false) : RowExponentials(zeros_of_hidden) {}

  std::string_view name() const override { return zeros_of_hidden() ? "softmax_of_visible" : "softmax"; }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return softmax_gradient(at.cotangent(), at.output());
  }

 protected:
  void finish(const Rows<float>& block) const override { normalize(block); }
  void finish(const Rows<double>& block) const override { normalize(block); }

 private:
  template <class T>
  static void normalize(const Rows<T>& block) {
    for (std::int64_t row = 0, i = 0; row < block.rows; ++row) {
      const T scale = block.sum[row] == 0 ? T(0) : 1 / block.sum[row];  // of nothing when all is hidden
      for (const auto end = i + block.count; i < end; ++i) block.result[i] *= scale;
    }
  }
};

class LogSoftmax final : public RowExponentials {
 public:
  std::string_view name() const override { return "log_softmax"; }

  // With softmax instead of the exponential of the output: a model's prediction usually is that softmax already. Rows
  // without cotangents take no part, whatever they hold.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return at.cotangent() - multiply_nonzeros(softmax(at.input()), sum(at.cotangent(), -1, true));
  }

 protected:
  void finish(const Rows<float>& block) const override { normalize(block); }
  void finish(const Rows<double>& block) const override { normalize(block); }

 private:
  template <class T>
  static void normalize(const Rows<T>& block) {
    transform_elements(block.sum, block.rows, elementary::log);
    for (std::int64_t row = 0, i = 0; row < block.rows; ++row) {
      const T shift = block.largest[row];
      const T log_sum = block.sum[row];
      for (const auto end = i + block.count; i < end; ++i) block.result[i] = block.x[i] - shift - log_sum;
    }
  }
};

const std::shared_ptr<const Op>& softmax_op() {
  static const std::shared_ptr<const Op> op = std::make_shared<const Softmax>();
  return op;
}

const std::shared_ptr<const Op>& log_softmax_op() {
  static const std::shared_ptr<const Op> op = std::make_shared<const LogSoftmax>();
  return op;
}

/// Applies `op`, which works along the last axis, along another by exchanging the two before and after.
Tensor along_axis(const std::shared_ptr<const Op>& op, const Tensor& x, std::int64_t axis) {
  const auto position = normalize_axis(op->name(), axis, x.rank());
  std::vector<std::int64_t> exchange(x.rank());
  std::iota(exchange.begin(), exchange.end(), 0);
  std::swap(exchange[position], exchange.back());
  return transpose(apply(op, {transpose(x, exchange)}), exchange);
}

}  // namespace

Tensor softmax(const Tensor& x) { return softmax(x, -1); }
Tensor softmax(const Tensor& x, std::int64_t axis) { return along_axis(softmax_op(), x, axis); }
Tensor log_softmax(const Tensor& x) { return log_softmax(x, -1); }
Tensor log_softmax(const Tensor& x, std::int64_t axis) { return along_axis(log_softmax_op(), x, axis); }
Tensor softmin(const Tensor& x) { return softmin(x, -1); }

Tensor softmax_of_visible(const Tensor& x) {
  static const auto op = std::make_shared<const Softmax>(true);
  return apply(op, {x});
}

Tensor softmin(const Tensor& x, std::int64_t axis) {
  expect_floating("softmin", x.dtype());
  normalize_axis("softmin", axis, x.rank());
  return softmax(-x, axis);
}

std::optional<SoftmaxOf> softmax_of(const Tensor& tensor) {
  if (tensor.node().shared_op() == softmax_op()) return SoftmaxOf{tensor.node().inputs()[0], tensor.rank() - 1};
  const auto transposed = transpose_of(tensor);
  if (!transposed || transposed->x.node().shared_op() != softmax_op()) return std::nullopt;
  const auto& axes = transposed->axes;
  const auto axis = std::find(axes.begin(), axes.end(), tensor.rank() - 1) - axes.begin();
  const std::vector<std::int64_t> order(axes.begin(), axes.end());
  return SoftmaxOf{transpose(transposed->x.node().inputs()[0], order), static_cast<std::size_t>(axis)};
}

static const Register registered_softmax{{
    .name = "softmax",
    .family = OperatorFamily::activation,
    .signature = "softmax(x, axis = -1)",
    .summary = "Probabilities from logits along an axis.",
    .formula = "e^x / sum(e^x)",
    .gradient = "s * (c - sum(c * s)) with s = softmax(x)",
    .shapes = "x of one axis or more: the shape of x",
}};
static const Register registered_log_softmax{{
    .name = "log_softmax",
    .family = OperatorFamily::activation,
    .signature = "log_softmax(x, axis = -1)",
    .summary = "Logarithm of softmax, without its underflow.",
    .formula = "x - log(sum(e^x))",
    .gradient = "c - softmax(x) * sum(c)",
    .shapes = "x of one axis or more: the shape of x",
}};
static const Register registered_softmin{{
    .name = "softmin",
    .family = OperatorFamily::activation,
    .signature = "softmin(x, axis = -1)",
    .summary = "Softmax of the negative along an axis.",
    .formula = "e^-x / sum(e^-x)",
    .gradient = "s * (sum(c * s) - c) with s = softmin(x)",
    .shapes = "x of one axis or more: the shape of x",
}};

}  // namespace xgrad
