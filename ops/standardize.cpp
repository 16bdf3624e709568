#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/standardize.hpp>
#include <xgrad/ops/standardize/standardize_rows.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// scale * (c - mean(c) - n * mean(c * n)) along the last axis, in one pass over the rows: the cotangent of what was
/// standardized, from the cotangent c of the standardized rows n. n has the shape of c, and scale, one over the
/// standard deviation, the same with a last axis of 1.
Tensor standardize_gradient(const Tensor& cotangent, const Tensor& standardized, const Tensor& scale);

class StandardizeGradient final : public Op {
 public:
  std::string_view name() const override { return "standardize_gradient"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& cotangent = arguments.inputs[0];
    visit_floating(cotangent.dtype, [&]<class T>() {
      standardize_gradient_rows(
          cotangent.as<T>(), arguments.inputs[1].as<T>(), arguments.inputs[2].as<T>(), arguments.outputs[0].as<T>(),
          element_count(cotangent.shape.first(cotangent.shape.size() - 1)), cotangent.shape.back());
    });
  }

  // It is linear in the cotangent and in the scale, and the map from the cotangent to the result is symmetric.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto& cotangent = at.input(0);
    const auto& standardized = at.input(1);
    const auto& scale = at.input(2);
    const auto& change = at.cotangent();
    if (index == 0) return standardize_gradient(change, standardized, scale);
    if (index == 2) return sum(change * at.output(), -1, true) / scale;
    const auto along = [&](const Tensor& rows) { return mean(rows * standardized, -1, true); };
    return -scale * (change * along(cotangent) + cotangent * along(change));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2) return std::nullopt;
    return std::vector{0, 0, 0};
  }

  double cost(std::span<const Extents>) const override { return 5; }
  double operations(std::span<const Extents>) const override { return 7; }
};

Tensor standardize_gradient(const Tensor& cotangent, const Tensor& standardized, const Tensor& scale) {
  static const auto op = std::make_shared<const StandardizeGradient>();
  return apply(op, {cotangent, standardized, scale});
}

/// Gives the standardized rows and, for the rule, one over the standard deviation of each.
class Standardize final : public Op {
 public:
  explicit Standardize(double epsilon) : epsilon_(epsilon) {}

  std::string_view name() const override { return "standardize"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"epsilon", epsilon_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    Shape rows = inputs[0].shape;
    rows[rows.rank() - 1] = 1;
    return {inputs[0], {inputs[0].dtype, rows}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    visit_floating(x.dtype, [&]<class T>() {
      standardize_rows(x.as<T>(), arguments.outputs[0].as<T>(), arguments.outputs[1].as<T>(),
                       element_count(x.shape.first(x.shape.size() - 1)), x.shape.back(), static_cast<T>(epsilon_));
    });
  }

  // In terms of the results, so that the input need not be kept.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto& result = at.outputs[0];
    const auto& scale = at.outputs[1];
    const auto of_result = standardize_gradient(at.cotangents[0], result, scale);
    if (is_constant_zero(at.cotangents[1])) return of_result;
    const auto count = dim_size(result.shape()[result.rank() - 1], result.dtype());
    return of_result - result * (at.cotangents[1] * square(scale) / count);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2) return std::nullopt;
    return std::vector{0};
  }

  double cost(std::span<const Extents>) const override { return 5; }
  double operations(std::span<const Extents>) const override { return 5; }

 private:
  double epsilon_;
};

}  // namespace

Tensor standardize(const Tensor& x, double epsilon) {
  expect_floating("standardize", x.dtype());
  normalize_axis("standardize", -1, x.rank());
  if (!(epsilon > 0)) {
    throw ValueError(fmt::format("standardize: expected a positive epsilon, but got {}; 1e-5 is usual", epsilon));
  }
  return apply_all(std::make_shared<const Standardize>(epsilon), {x})[0];
}

static const Register registered_standardize{{
    .name = "standardize",
    .family = OperatorFamily::neural,
    .signature = "standardize(x, epsilon = 1e-5)",
    .summary = "Rows with mean 0 and standard deviation 1.",
    .formula = "n = (x - mean(x)) / s with s = sqrt(mean((x - mean(x))^2) + epsilon), along the last axis",
    .gradient = "(c - mean(c) - n * mean(c * n)) / s",
    .shapes = "x of one axis or more: the shape of x",
}};

}  // namespace xgrad
