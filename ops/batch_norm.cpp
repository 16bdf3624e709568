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
  std::optional<Attributes> attributes() const override {
    return AxisReduction::attributes()->with({{"epsilon", epsilon_}});
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
}};

}  // namespace xgrad
