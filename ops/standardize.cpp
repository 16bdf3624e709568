#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/standardize.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <limits>

namespace xgrad {
namespace {

/// Gives the standardized rows and, for the rule, one over the standard deviation of each.
class Standardize final : public Op {
 public:
  explicit Standardize(double epsilon) : epsilon_(epsilon) {}

  std::string_view name() const override { return "standardize"; }
  std::string attributes() const override { return fmt::format("epsilon={}", epsilon_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    Shape rows = inputs[0].shape;
    rows[rows.rank() - 1] = 1;
    return {inputs[0], {inputs[0].dtype, rows}};
  }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    visit(x.dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        const auto count = x.shape.back();
        const auto rows = element_count(x.shape.first(x.shape.size() - 1));
        T* result = arguments.outputs[0].as<T>();
        for (std::int64_t row = 0; row < rows; ++row) {
          arguments.outputs[1].as<T>()[row] = standardize_row(x.as<T>() + row * count, result + row * count, count);
        }
      }
    });
  }

  // In terms of the results, so that the input need not be kept.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto& result = at.outputs[0];
    const auto& scale = at.outputs[1];
    const auto count = dim_size(result.shape()[result.rank() - 1], result.dtype());
    const auto along = sum(at.cotangents[0] * result, -1, true) + at.cotangents[1] * scale;
    return scale * (at.cotangents[0] - (sum(at.cotangents[0], -1, true) + result * along) / count);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2) return std::nullopt;
    return std::vector{0};
  }

  double cost(std::span<const Extents>) const override { return 5; }
  double operations(std::span<const Extents>) const override { return 5; }

 private:
  /// Of a row, or what `map` makes of its elements. The mean is rounded as a number of their size; what it loses by
  /// that is the mean of what is left of them, so that it is taken out as well.
  template <class T>
  struct Moments {
    T mean;
    T rest;
    T variance = 0;

    T centered(T value) const { return (value - mean) - rest; }
  };

  template <class T, class Map>
  static Moments<T> moments(const T* x, std::int64_t count, Map map) {
    const auto mean_of = [=](auto function) {
      return fold(x, count, T(0), std::plus<T>(), function) / static_cast<T>(count);
    };
    const T mean = mean_of(map);
    Moments<T> found{mean, mean_of([=](T value) { return map(value) - mean; })};
    found.variance = mean_of([=](T value) { return found.centered(map(value)) * found.centered(map(value)); });
    return found;
  }

  template <class T>
  T standardize_row(const T* x, T* result, std::int64_t count) const {
    const auto found = moments(x, count, std::identity());
    if (!std::isfinite(found.variance)) return standardize_large_row(x, result, count);
    const T scale = 1 / std::sqrt(found.variance + static_cast<T>(epsilon_));
    for (std::int64_t i = 0; i < count; ++i) result[i] = found.centered(x[i]) * scale;
    return scale;
  }

  /// Of a row whose sums leave the range of the dtype: in a unit beside which epsilon is nothing.
  template <class T>
  T standardize_large_row(const T* x, T* result, std::int64_t count) const {
    const T unit = std::ldexp(T(1), -std::numeric_limits<T>::max_exponent * 2 / 3);
    const auto found = moments(x, count, [=](T value) { return value * unit; });
    const bool is_constant = found.variance == 0;
    const T factor = is_constant ? T(0) : 1 / std::sqrt(found.variance);
    for (std::int64_t i = 0; i < count; ++i) result[i] = found.centered(x[i] * unit) * factor;
    return is_constant ? 1 / std::sqrt(static_cast<T>(epsilon_)) : factor * unit;
  }

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
    .samples =
        [] {
          const auto sample = [](std::string label, Extents x, double epsilon = 1e-5) {
            return Sample{std::move(label),
                          {sample_values(std::move(x))},
                          [epsilon](auto x) { return standardize(x[0], epsilon); },
                          {{"epsilon", {epsilon}}}};
          };
          return std::vector<Sample>{
              sample("matrix", {3, 5}),     sample("three axes", {2, 2, 4}),    sample("vector", {6}),
              sample("long rows", {2, 37}), sample("epsilon 0.1", {3, 4}, 0.1), sample("one element", {1, 1}),
              sample("no rows", {0, 3}),
          };
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"a scalar", [] { standardize(input({})); }, "standardize: axis -1 does not exist"},
              {"integer input", [] { standardize(input({3}, {}, DType::int32)); },
               "standardize: expected float32 or float64, but got int32"},
              {"epsilon 0", [] { standardize(input({3}), 0); }, "standardize: expected a positive epsilon, but got 0"},
          };
        },
}};

}  // namespace xgrad
