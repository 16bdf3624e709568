#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/reduction_to.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/subtract.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace xgrad {
namespace {

/// Sums over their number of terms. The second output is memory for sums that leave the range of the dtype though their
/// mean does not.
class Mean final : public ReductionTo {
 public:
  using ReductionTo::ReductionTo;

  std::string_view name() const override { return "mean"; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto type = ReductionTo::infer(inputs)[0];
    return {type, type};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit_floating(arguments.inputs[0].dtype, [&]<class T>() { means<T>(arguments); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto& shape = at.input().shape();
    Dim count = 1;
    const auto dropped = shape.rank() - this->shape().rank();
    for (std::size_t axis = 0; axis < shape.rank(); ++axis) {
      if (axis < dropped || this->shape()[axis - dropped].is_one()) count = count * shape[axis];
    }
    return broadcast_to(at.cotangent() / dim_size(count, at.input().dtype()), shape);
  }

 private:
  template <class T>
  void means(const KernelArguments& arguments) const {
    const auto& input = arguments.inputs[0];
    const auto axes = reduced(input);
    double count = 1;
    for (std::size_t axis = 0; axis < input.shape.size(); ++axis) {
      if (axes[axis]) count *= static_cast<double>(input.shape[axis]);
    }
    const auto sum_scaled = [&](const ArrayView& output, T scale) {
      reduce<T>(input, output, std::span(axes).first(input.shape.size()), T(0), std::plus<T>(),
                [=](T x) { return x * scale; });
    };
    T* result = arguments.outputs[0].as<T>();
    const auto results = element_count(arguments.outputs[0].shape);
    reduce<T>(input, arguments.outputs[0], std::span(axes).first(input.shape.size()), T(0), std::plus<T>());
    const auto divisor = static_cast<T>(count);
    if (std::all_of(result, result + results, [](T sum) { return std::isfinite(sum); })) {
      for (std::int64_t i = 0; i < results; ++i) result[i] /= divisor;
      return;
    }
    // As many terms of a power of 2, the next above their number, smaller.
    const T scale = std::ldexp(T(1), -(std::ilogb(count) + 1));
    sum_scaled(arguments.outputs[1], scale);
    const T* scaled = arguments.outputs[1].as<T>();
    for (std::int64_t i = 0; i < results; ++i) {
      result[i] = std::isfinite(result[i]) ? result[i] / divisor : scaled[i] / (divisor * scale);
    }
  }
};

Tensor mean_to(const Tensor& x, const Shape& shape) {
  return x.shape() == shape ? x : apply_all(std::make_shared<const Mean>(shape), {x})[0];
}

}  // namespace

Tensor mean(const Tensor& x, const Axes& axes, bool keepdims) {
  expect_floating("mean", x.dtype());
  const auto reduced = axes.normalized("mean", x.rank());
  Shape kept = x.shape();
  for (auto axis : reduced) kept[axis] = 1;
  if (keepdims) return mean_to(x, kept);
  const bool leading = reduced.empty() || reduced.back() + 1 == reduced.size();
  if (!leading) return squeeze(mean_to(x, kept), axes);
  const auto& dims = x.shape().dims();
  return mean_to(x, Shape(std::vector<Dim>(dims.begin() + static_cast<std::ptrdiff_t>(reduced.size()), dims.end())));
}

// The first mean is rounded as a number of the size of the elements, so that what is left has a mean of the size of
// that error. It is 0 but for rounding, and so are its derivatives.
Tensor centered(const Tensor& x, const Axes& axes) {
  const auto residuals = x - mean(x, axes, true);
  return residuals - stop_gradient(mean(residuals, axes, true));
}

static const Register registered_mean{{
    .name = "mean",
    .family = OperatorFamily::reduction,
    .signature = "mean(x, axes = all, keepdims = false)",
    .summary = "Arithmetic mean over axes.",
    .formula = "sum(x, axes) / number of elements summed",
    .gradient = "c / number of elements summed, repeated along the axes",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
