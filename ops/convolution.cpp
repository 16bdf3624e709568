#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/convolution.hpp>
#include <xgrad/ops/convolution/convolution_op.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>
#include <xgrad/ops/transposed_convolution.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// True when every position sees one element, and each element has its position.
bool is_pointwise(const Windows& windows) {
  return windows.taps() == 1 && !windows.is_padded() && windows.positions() == windows.elements();
}

/// (taps..., channels, filters) as a matrix.
Tensor as_matrix(const Tensor& weights) { return reshape(weights, {infer_dim, weights.shape()[weights.rank() - 1]}); }

Tensor convolution(std::string_view where, std::size_t rank, const Tensor& x, const Tensor& weights,
                   const ConvolutionOptions& options) {
  const auto sizes = window_sizes(where, x.shape(), rank);
  expect_weights(where, x, weights, rank, options.groups, false);
  const auto operands = fmt::format("x {} and weights {}", x.shape().to_string(), weights.shape().to_string());
  const auto extents = weights.shape().extents();
  auto windows = std::make_shared<const Windows>(
      moving_windows(where, operands, sizes, std::span(extents).first(rank),
                     {.strides = options.strides, .padding = options.padding, .dilation = options.dilation}));
  if (options.groups == 1 && is_pointwise(*windows)) return dot(x, as_matrix(weights));
  return convolution_derivative(ConvolutionFactor::y, std::move(windows), options.groups, x, as_matrix(weights));
}

OperatorEntry convolution_entry(const std::string& name, const std::string& axes) {
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, weights, {strides = 1, padding = \"valid\", dilation = 1, groups = 1})",
      .summary = "Convolution over " + axes + ", channels last; a kernel of one tap is a dot.",
      .formula =
          "y[n, o, f] = sum over k, c of x[n, o * stride + k * dilation - before, c] * weights[k, c, f], x being "
          "0 on padding",
      .gradient =
          "the transposed convolution of c with the weights for x, dot(transpose(patches of x), c) for the weights",
      .shapes = "x (n, sizes..., channels), weights (taps..., channels / groups, filters): (n, positions..., filters)",
  };
}

}  // namespace

Tensor conv1d(const Tensor& x, const Tensor& weights, const ConvolutionOptions& options) {
  return convolution("conv1d", 1, x, weights, options);
}
Tensor conv2d(const Tensor& x, const Tensor& weights, const ConvolutionOptions& options) {
  return convolution("conv2d", 2, x, weights, options);
}
Tensor conv3d(const Tensor& x, const Tensor& weights, const ConvolutionOptions& options) {
  return convolution("conv3d", 3, x, weights, options);
}

Tensor transposed_convolution(const Tensor& y, const Tensor& weights, std::int64_t groups,
                              std::shared_ptr<const Windows> windows) {
  if (groups == 1 && is_pointwise(*windows)) return dot(y, transpose(as_matrix(weights)));
  return convolution_derivative(ConvolutionFactor::x, std::move(windows), groups, as_matrix(weights), y);
}

void expect_weights(std::string_view where, const Tensor& x, const Tensor& weights, std::size_t rank,
                    std::int64_t groups, bool meets_filters) {
  if (x.dtype() != weights.dtype() || !is_floating(x.dtype())) {
    throw DTypeError(
        fmt::format("{}: expected x and weights to be float32 or both float64, but got {} and {}; cast "
                    "one, for example cast(x, DType::float32)",
                    where, to_string(x.dtype()), to_string(weights.dtype())));
  }
  const auto operands =
      fmt::format("{}: x {} and weights {}", where, x.shape().to_string(), weights.shape().to_string());
  const Dim channels = x.shape()[x.rank() - 1];
  if (weights.rank() != rank + 2 || !weights.shape().is_known() || !channels.is_known()) {
    throw ShapeError(
        fmt::format("{} do not fit: expected weights of {} axes, taps and then channels / groups and "
                    "filters, and numbers for these and the channels of x; reshape them",
                    operands, rank + 2));
  }
  if (groups < 1) throw ValueError(fmt::format("{}: expected 1 group or more, but got {}", where, groups));
  const auto filters = weights.shape()[rank + 1].value();
  const auto met = meets_filters ? filters : weights.shape()[rank].value() * groups;
  if (weights.shape().size() == Dim(0) || filters % groups != 0 || channels != Dim(met)) {
    throw ShapeError(
        fmt::format("{} do not fit: with {} group(s), expected x to have {} channels, {} of the weights, "
                    "and the filters to divide into the groups; weights are (taps..., channels / groups, "
                    "filters), none of them 0",
                    operands, groups, met, meets_filters ? "the filters" : "groups times the channels"));
  }
}

static const Register registered_conv1d{convolution_entry("conv1d", "one axis")};
static const Register registered_conv2d{convolution_entry("conv2d", "two axes")};
static const Register registered_conv3d{convolution_entry("conv3d", "three axes")};

}  // namespace xgrad
