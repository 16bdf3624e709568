#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/check_kernels.hpp>
#include <xgrad/framework/autodiff/check_operator.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/position.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace xgrad {
namespace {

// Largest errors relative to max(1, |expected|).
constexpr double float32_values = 2e-6;
constexpr double float32_derivatives = 1e-5;
constexpr double same_formula = 1e-13;

void check_close(std::string_view what, const Array& expected, const Array& received, double tolerance) {
  if (expected.shape() != received.shape()) {
    throw ValueError(fmt::format("{}: expected shape {}, but got {}", what, to_string(expected.shape()),
                                 to_string(received.shape())));
  }
  const Array right = expected.cast(DType::float64);
  const Array other = received.cast(DType::float64);
  for (std::size_t i = 0; i < right.size(); ++i) {
    const double a = right.data<double>()[i];
    const double b = other.data<double>()[i];
    if (std::abs(a - b) <= tolerance * std::max(1.0, std::abs(a)) || a == b || (std::isnan(a) && std::isnan(b)))
      continue;
    throw ValueError(fmt::format("{}: element {}: expected {}, but got {}", what, position(i, right.shape()), a, b));
  }
}

/// A sample built on constants, the floating-point ones as `dtype`.
struct Built {
  Built(const Sample& sample, DType dtype) {
    for (const auto& array : sample.inputs) {
      const bool is_x = is_floating(array.dtype());
      inputs.push_back(constant(is_x ? array.cast(dtype) : array));
      if (is_x) xs.push_back(inputs.back());
    }
    outputs.push_back(sample.build(inputs));
  }

  bool is_differentiable() const { return !xs.empty() && is_floating(outputs[0].dtype()); }

  /// The output and, where there are derivatives, those with respect to the inputs.
  std::vector<Tensor> with_derivatives() const {
    auto result = outputs;
    if (!is_differentiable()) return result;
    const std::vector<Tensor> ones{ones_like(outputs[0])};
    const auto derivatives = vjp(outputs, ones, xs);
    result.insert(result.end(), derivatives.begin(), derivatives.end());
    return result;
  }

  std::vector<Array> derivatives() const {
    const std::vector<Tensor> ones{ones_like(outputs[0])};
    return compile({}, vjp(outputs, ones, xs))();
  }

  std::vector<Tensor> inputs;
  std::vector<Tensor> xs;
  std::vector<Tensor> outputs;
};

void check_float32(const Sample& sample, const Built& built) {
  const Built narrow(sample, DType::float32);
  check_close("float32 beside float64", eval(built.outputs[0]), eval(narrow.outputs[0]), float32_values);
  if (!built.is_differentiable()) return;
  const auto expected = built.derivatives();
  const auto received = narrow.derivatives();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    check_close(fmt::format("derivatives of float32 beside float64, input {}", i), expected[i], received[i],
                float32_derivatives);
  }
}

/// The cotangents of the inputs for those of the output.
std::vector<Array> pull_back(const Built& built, const Array& cotangent) {
  const std::vector<Tensor> cotangents{constant(cotangent)};
  return compile({}, vjp(built.outputs, cotangents, built.xs))();
}

/// Cotangents in another unit, a power of two, which changes no rounding.
void check_linearity(const Built& built) {
  constexpr double unit = 1024;
  const Array once = sample_values(built.outputs[0].shape().extents(), -1, 1, 5);
  Array scaled = once;
  for (auto& value : scaled.data<double>()) value *= unit;
  const auto expected = pull_back(built, once);
  const auto received = pull_back(built, scaled);
  for (std::size_t x = 0; x < expected.size(); ++x) {
    const auto right = expected[x].data<double>();
    const auto other = received[x].data<double>();
    double size = 1;
    for (const auto value : right) size = std::max(size, unit * std::abs(value));
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (std::abs(other[i] - unit * right[i]) <= 1e-12 * size || std::isnan(right[i])) continue;
      throw GradientError(
          fmt::format("the rule of input {} is not linear in the cotangent: with {} times the cotangent, element {} is "
                      "{}, expected {}; "
                      "a rule multiplies the cotangent by what the inputs give, and adds nothing to it",
                      x, unit, position(i, expected[x].shape()), other[i], unit * right[i]));
    }
  }
}

/// <u, J v> = <J^T u, v>.
void check_forward_mode(const Built& built) {
  const auto direction = [](const Tensor& like, int variant) {
    return sample_values(like.shape().extents(), -1, 1, variant).cast(like.dtype());
  };
  std::vector<Array> vs;
  std::vector<Tensor> tangents;
  for (const auto& x : built.xs) {
    vs.push_back(direction(x, 4 + static_cast<int>(vs.size())));
    tangents.push_back(constant(vs.back()));
  }
  const Array u = direction(built.outputs[0], 3);
  const std::vector<Tensor> cotangents{constant(u)};
  auto results = vjp(built.outputs, cotangents, built.xs);
  results.push_back(jvp(built.outputs, built.xs, tangents).front());
  const auto arrays = compile({}, results)();
  double size = 1;
  const auto inner = [&](const Array& left, const Array& right) {
    double sum = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      const double product = left.data<double>()[i] * right.data<double>()[i];
      sum += product;
      size += std::abs(product);
    }
    return sum;
  };
  double reverse = 0;
  for (std::size_t i = 0; i < vs.size(); ++i) reverse += inner(arrays[i], vs[i]);
  const double forward = inner(arrays.back(), u);
  if (std::abs(forward - reverse) <= 1e-10 * size) return;
  throw GradientError(fmt::format(
      "forward mode: expected <u, J v> = <J^T u, v> = {}, but got {}; a rule is not linear in its cotangent", reverse,
      forward));
}

/// Inputs with the leading size of the first are given a symbol in its place.
void check_symbol(const Sample& sample, const Array& expected) {
  if (sample.inputs.front().shape().empty()) return;
  std::vector<Tensor> inputs;
  for (const auto& array : sample.inputs) {
    Shape shape(array.shape());
    if (shape.rank() > 0 && shape[0] == Dim(sample.inputs.front().shape()[0])) shape[0] = batch;
    inputs.push_back(input(std::move(shape), {}, array.dtype()));
  }
  std::vector<Tensor> outputs;
  try {
    outputs.push_back(sample.build(inputs));
  } catch (const ShapeError& error) {
    if (std::string_view(error.what()).find("batch") == std::string_view::npos) throw;
    return;  // this one needs to know the size, and says so
  }
  const std::vector<ArrayRef> arguments(sample.inputs.begin(), sample.inputs.end());
  check_close("a symbol for the leading size", expected, compile(inputs, outputs)(arguments)[0], same_formula);
}

GradientReport check_sample(const OperatorEntry& entry, const Sample& sample, AttributeCheck& attributes) {
  const Built built(sample, DType::float64);
  attributes.add(sample.label, built.outputs[0]);
  check_kernels(built.with_derivatives());
  const Array value = eval(built.outputs[0]);
  GradientReport report;
  if (built.is_differentiable()) {
    check_linearity(built);
    report = check_gradients(sample.build, sample.inputs, {.tolerance = entry.tolerance.relative});
    check_forward_mode(built);
  }
  check_float32(sample, built);
  check_symbol(sample, value);
  return report;
}

void check_rejection(const OperatorEntry& entry, const Rejection& rejection) {
  const auto fail = [&](std::string_view received) {
    return ValueError(fmt::format("{}, rejection '{}': expected an error with '{}', but got {}", entry.name,
                                  rejection.label, rejection.message, received));
  };
  try {
    rejection.build();
  } catch (const Error& error) {
    if (std::string_view(error.what()).find(rejection.message) != std::string_view::npos) return;
    throw fail(fmt::format("'{}'", error.what()));
  }
  throw fail("none");
}

}  // namespace

GradientReport check_operator(const OperatorEntry& entry) {
  GradientReport total;
  if (!entry.samples || !entry.rejections) {
    throw ValueError(
        fmt::format("{}: expected the entry to have samples and rejections, but it has no {}; see "
                    "unary_samples, floating_rejections and unary_operator",
                    entry.name, entry.samples ? "rejections" : "samples"));
  }
  AttributeCheck attributes;
  for (const auto& sample : entry.samples()) {
    const auto where = [&](const Error& error) {
      return fmt::format("{}, sample '{}': {}", entry.name, sample.label, error.what());
    };
    try {
      const auto report = check_sample(entry, sample, attributes);
      total.derivatives += report.derivatives;
      total.largest_error = std::max(total.largest_error, report.largest_error);
    } catch (const GradientError& error) {
      throw GradientError(where(error));
    } catch (const Error& error) {
      throw ValueError(where(error));
    }
  }
  for (const auto& rejection : entry.rejections()) check_rejection(entry, rejection);
  return total;
}

}  // namespace xgrad
