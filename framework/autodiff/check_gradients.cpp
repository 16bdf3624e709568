#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/position.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace xgrad {
namespace {

/// The c of `output^2 / 2 + c * output`, in [-1, 1).
Array coefficients(const Extents& shape, std::uint64_t stream) {
  Array result(DType::float64, shape);
  fill_uniform({.seed = 0, .stream = stream}, 0, result.data<double>());
  for (auto& value : result.data<double>()) value = 2 * value - 1;
  return result;
}

/// The arguments of the checked function: arrays that are varied in place, and a leaf for each.
struct Arguments {
  explicit Arguments(std::span<const Array> inputs) {
    for (const auto& array : inputs) {
      const bool varied = is_floating(array.dtype());
      arrays.push_back(varied ? array.cast(DType::float64) : array);
      leaves.push_back(input(Shape(array.shape()), {}, arrays.back().dtype()));
      if (!varied) continue;
      varied_indices.push_back(leaves.size() - 1);
      varied_leaves.push_back(leaves.back());
    }
  }

  std::vector<Array> call(Function& function) const {
    const std::vector<ArrayRef> references(arrays.begin(), arrays.end());
    return function(references);
  }

  std::vector<Array> arrays;
  std::vector<Tensor> leaves;
  std::vector<std::size_t> varied_indices;
  std::vector<Tensor> varied_leaves;
};

/// The sum over values of value^2 / 2 + c * value, of which derivatives are taken.
class Projection {
 public:
  Projection(const Arguments& arguments, const std::vector<Tensor>& values, int order)
      : values_(compile(arguments.leaves, values)) {
    for (const auto& value : values) {
      coefficients_.push_back(coefficients(value.shape().extents(), static_cast<std::uint64_t>(order)));
      cotangents_.push_back(add(value, constant(coefficients_.back())));
    }
  }

  /// Its derivatives with respect to the values.
  std::span<const Tensor> cotangents() const { return cotangents_; }

  /// Its derivative with respect to one element of one argument, by central difference.
  double slope(Arguments& arguments, double& element, double step) {
    const double middle = element;
    element = middle + step;
    const double above_at = element;
    const auto above = arguments.call(values_);
    element = middle - step;
    const double below_at = element;
    const auto below = arguments.call(values_);
    element = middle;
    double difference = 0;
    for (std::size_t value = 0; value < above.size(); ++value) {
      const auto high = above[value].data<double>();
      const auto low = below[value].data<double>();
      const auto c = coefficients_[value].data<double>();
      // (high^2 - low^2) / 2 + c * (high - low), without cancelling twice.
      for (std::size_t i = 0; i < c.size(); ++i) difference += (high[i] - low[i]) * ((high[i] + low[i]) / 2 + c[i]);
    }
    return difference / (above_at - below_at);
  }

 private:
  Function values_;
  std::vector<Array> coefficients_;
  std::vector<Tensor> cotangents_;
};

}  // namespace

GradientReport check_gradients(const std::function<Tensor(std::span<const Tensor>)>& function,
                               std::span<const Array> inputs, const GradientCheckOptions& options) {
  Arguments arguments(inputs);
  if (arguments.varied_leaves.empty() || options.order < 1) {
    throw ValueError(
        fmt::format("check_gradients: expected a floating-point input and an order of 1 or more, but got {} "
                    "floating-point input(s) and order {}",
                    arguments.varied_leaves.size(), options.order));
  }
  const Tensor output = function(arguments.leaves);
  const auto name = output.node().op().name();
  if (output.dtype() != DType::float64) {
    throw GradientError(fmt::format("check_gradients: expected '{}' to give float64 for inputs of float64, but got {}",
                                    name, to_string(output.dtype())));
  }
  GradientReport report;
  std::vector<Tensor> values{output};
  for (int order = 1; order <= options.order; ++order) {
    Projection projection(arguments, values, order);
    values = vjp(values, projection.cotangents(), arguments.varied_leaves);
    Function derivatives = compile(arguments.leaves, values);
    const auto received = arguments.call(derivatives);
    for (std::size_t varied = 0; varied < received.size(); ++varied) {
      const auto index = arguments.varied_indices[varied];
      const auto elements = arguments.arrays[index].data<double>();
      for (std::size_t i = 0; i < elements.size(); ++i) {
        const double step = options.step * std::max(1.0, std::abs(elements[i]));
        const double expected = projection.slope(arguments, elements[i], step);
        const double actual = received[varied].data<double>()[i];
        const double error = std::abs(actual - expected) / std::max(1.0, std::abs(expected));
        if (!(error <= options.tolerance)) {
          throw GradientError(fmt::format(
              "check_gradients: {}: derivative of order {} with respect to element {} of input {}: expected {} by "
              "central "
              "difference, but the rules give {} (relative error {:.1e}, tolerance {:.1e}); look at the vjp of the "
              "operators on the way from this input",
              name, order, position(i, arguments.arrays[index].shape()), index, expected, actual, error,
              options.tolerance));
        }
        ++report.derivatives;
        report.largest_error = std::max(report.largest_error, error);
      }
    }
  }
  return report;
}

GradientReport check_gradients(const std::function<Tensor(std::span<const Tensor>)>& function,
                               std::initializer_list<Array> inputs, const GradientCheckOptions& options) {
  return check_gradients(function, std::span(inputs.begin(), inputs.size()), options);
}

}  // namespace xgrad
