#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/batch_norm.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/subtract.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace xgrad {
namespace {

void expect_positive(double epsilon) {
  if (!(epsilon > 0)) {
    throw ValueError(fmt::format("batch_norm: expected a positive epsilon, but got {}; 1e-5 is usual", epsilon));
  }
}

/// One number for each channel, in the shape that repeats along the other axes.
Tensor for_channels(std::string_view what, const Tensor& numbers, const Shape& x, std::size_t axis) {
  if (!(numbers.shape() == Shape{x[axis]})) {
    throw ShapeError(
        fmt::format("batch_norm: expected {} of shape ({},), a number for each channel along axis {} of x "
                    "{}, but got {}; name another axis or reshape it",
                    what, x[axis].to_string(), axis, x.to_string(), numbers.shape().to_string()));
  }
  std::vector<Dim> dims(x.rank() - axis, 1);
  dims[0] = x[axis];
  return reshape(numbers, Shape(dims));
}

/// sqrt(mean(x^2) + epsilon). The second output is memory for squares that leave the range of the dtype.
class RootMeanSquare final : public AxisReduction {
 public:
  RootMeanSquare(std::vector<std::size_t> axes, double epsilon) : AxisReduction(std::move(axes)), epsilon_(epsilon) {}

  std::string_view name() const override { return "root_mean_square"; }
  std::string attributes() const override {
    return fmt::format("{}, epsilon={}", AxisReduction::attributes(), epsilon_);
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto type = AxisReduction::infer(inputs)[0];
    return {type, type};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit_floating(arguments.inputs[0].dtype, [&]<class T>() { run<T>(arguments); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto& x = at.input();
    Dim count = 1;
    for (std::size_t axis = 0; axis < x.rank(); ++axis) {
      if (at.output().shape()[axis].is_one()) count = count * x.shape()[axis];
    }
    // In this order no factor leaves the range of the dtype.
    return x * (1 / at.output()) * (at.cotangent() / dim_size(count, x.dtype()));
  }

 private:
  DType result_dtype(DType x) const override { return x; }

  template <class T>
  void run(const KernelArguments& arguments) const {
    const auto& input = arguments.inputs[0];
    T* result = arguments.outputs[0].as<T>();
    const auto results = element_count(arguments.outputs[0].shape);
    const auto count = static_cast<T>(element_count(input.shape)) / static_cast<T>(results);
    const auto sum_squares = [&](const ArrayView& output, T unit) {
      reduce<T>(input, output, marks(input), T(0), std::plus<T>(), [=](T x) { return x * unit * (x * unit); });
    };
    sum_squares(arguments.outputs[0], T(1));
    const auto is_large = [](T sum) { return sum > std::numeric_limits<T>::max(); };
    // A unit beside which epsilon is nothing.
    const T unit = std::ldexp(T(1), -std::numeric_limits<T>::max_exponent * 2 / 3);
    const bool any_large = std::any_of(result, result + results, is_large);
    if (any_large) sum_squares(arguments.outputs[1], unit);
    const T* scaled = arguments.outputs[1].as<T>();
    for (std::int64_t i = 0; i < results; ++i) {
      result[i] = any_large && is_large(result[i]) ? std::sqrt(scaled[i] / count) / unit
                                                   : std::sqrt(result[i] / count + static_cast<T>(epsilon_));
    }
  }

  double epsilon_;
};

Tensor root_mean_square(const Tensor& x, const Axes& axes, double epsilon) {
  return apply_all(std::make_shared<const RootMeanSquare>(axes.normalized("batch_norm", x.rank()), epsilon), {x})[0];
}

}  // namespace

Tensor batch_norm(const Tensor& x, const Tensor& scale, const Tensor& offset, std::int64_t axis, double epsilon) {
  expect_floating("batch_norm", x.dtype());
  expect_positive(epsilon);
  const auto channels = normalize_axis("batch_norm", axis, x.rank());
  std::vector<std::int64_t> others;
  for (std::size_t other = 0; other < x.rank(); ++other) {
    if (other != channels) others.push_back(static_cast<std::int64_t>(other));
  }
  const Axes axes(std::move(others));
  const auto factor = for_channels("scale", scale, x.shape(), channels);
  const auto residuals = centered(x, axes);
  const auto deviation = root_mean_square(residuals, axes, epsilon);
  return residuals * (factor / deviation) + for_channels("offset", offset, x.shape(), channels);
}

Tensor batch_norm(const Tensor& x, const Tensor& mean, const Tensor& variance, const Tensor& scale,
                  const Tensor& offset, std::int64_t axis, double epsilon) {
  expect_floating("batch_norm", x.dtype());
  expect_positive(epsilon);
  const auto channels = normalize_axis("batch_norm", axis, x.rank());
  const auto of = [&](std::string_view what, const Tensor& numbers) {
    return for_channels(what, numbers, x.shape(), channels);
  };
  const auto factor = of("scale", scale) / sqrt(of("variance", variance) + epsilon);
  return (x - of("mean", mean)) * factor + of("offset", offset);
}

static const Register registered_batch_norm{{
    .name = "batch_norm",
    .family = OperatorFamily::neural,
    .signature =
        "batch_norm(x, scale, offset, axis = 1, epsilon = 1e-5) or batch_norm(x, mean, variance, scale, offset, "
        "axis = 1, epsilon = 1e-5)",
    .summary = "Channels with mean 0 and standard deviation 1, scaled and moved; with statistics of x or given ones.",
    .formula = "n * scale + offset with n = (x - mean) / s and s = sqrt(variance + epsilon)",
    .gradient =
        "(g - mean(g) - n * mean(g * n)) / s with g = c * scale, or g / s for given statistics; c * n for scale "
        "and c for offset, summed",
    .shapes = "x (n, channels, ...), all others (channels,): the shape of x",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto arguments = [](std::int64_t axis, double epsilon) {
            return std::map<std::string, std::vector<double>>{{"axis", {static_cast<double>(axis)}},
                                                              {"epsilon", {epsilon}}};
          };
          const auto add = [&](std::string label, Extents x, std::int64_t axis = 1, double epsilon = 1e-5) {
            const auto channels = x[axis < 0 ? x.size() - 1 : static_cast<std::size_t>(axis)];
            samples.push_back(
                {std::move(label),
                 {sample_values(x), sample_values({channels}, 0.5, 1.5, 1), sample_values({channels}, -1, 1, 2)},
                 [=](auto x) { return batch_norm(x[0], x[1], x[2], axis, epsilon); },
                 arguments(axis, epsilon)});
          };
          const auto add_given = [&](std::string label, Extents x, std::int64_t axis = 1, double epsilon = 1e-5) {
            const auto channels = x[axis < 0 ? x.size() - 1 : static_cast<std::size_t>(axis)];
            samples.push_back(
                {std::move(label),
                 {sample_values(x), sample_values({channels}, -1, 1, 1), sample_values({channels}, 0.5, 1.5, 2),
                  sample_values({channels}, 0.5, 1.5, 3), sample_values({channels}, -1, 1, 4)},
                 [=](auto x) { return batch_norm(x[0], x[1], x[2], x[3], x[4], axis, epsilon); },
                 arguments(axis, epsilon)});
          };
          add("matrix", {4, 3});
          add("images", {3, 2, 2, 2});
          add("channels last", {2, 3, 2}, -1);
          add("epsilon 0.1", {4, 2}, 1, 0.1);
          add("one element", {1, 1});
          add("no channels", {2, 0});
          add_given("given statistics", {4, 3});
          add_given("given statistics of images", {3, 2, 2, 2});
          add_given("given statistics, channels last", {2, 3, 2}, -1, 0.1);
          add_given("given statistics, no rows", {0, 3});
          return samples;
        },
    .rejections =
        [] {
          const auto x = [](DType dtype = DType::float32) { return input({batch, 3, 8}, {}, dtype); };
          const auto of = [](std::int64_t channels) { return input({channels}); };
          return std::vector<Rejection>{
              {"a scale of another size", [=] { batch_norm(x(), of(8), of(3)); },
               "batch_norm: expected scale of shape (3,), a number for each channel along axis 1 of x (batch, 3, 8), "
               "but "
               "got (8,)"},
              {"an offset of another size", [=] { batch_norm(x(), of(3), of(1)); },
               "batch_norm: expected offset of shape (3,)"},
              {"a mean of another size", [=] { batch_norm(x(), of(8), of(3), of(3), of(3)); },
               "batch_norm: expected mean of shape (3,)"},
              {"a variance of another size", [=] { batch_norm(x(), of(3), of(8), of(3), of(3)); },
               "batch_norm: expected variance of shape (3,)"},
              {"an axis that does not exist", [=] { batch_norm(x(), of(3), of(3), 3); },
               "batch_norm: axis 3 does not exist"},
              {"integer input", [=] { batch_norm(x(DType::int32), of(3), of(3)); },
               "batch_norm: expected float32 or float64, but got int32"},
              {"epsilon 0", [=] { batch_norm(x(), of(3), of(3), 1, 0); },
               "batch_norm: expected a positive epsilon, but got 0"},
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({50000.3, 50000.3}, {2, 1}), special_array({1}), special_array({0})},
               .value = {0, 0},
               .gradient = {0, 0}},
              {.inputs = {special_array({INFINITY, 1}, {2, 1}), special_array({1}), special_array({0})},
               .value = {NAN, NAN},
               .gradient = {NAN, NAN}}};
        },
}};

}  // namespace xgrad
