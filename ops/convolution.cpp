#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/convolution.hpp>
#include <xgrad/ops/convolution/convolution_op.hpp>
#include <xgrad/ops/convolution/infinite_weight.hpp>
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

namespace {

/// A convolution of small arrays, and how tests are told of it.
struct Case {
  std::string label;
  Extents x;
  Extents weights;
  ConvolutionOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

using Convolve = Tensor (*)(const Tensor&, const Tensor&, const ConvolutionOptions&);

OperatorEntry convolution_entry(std::string name, Convolve convolve, std::string axes, std::vector<Case> cases,
                                std::vector<Rejection> rejections) {
  rejections.push_back({"another rank",
                        [=] {
                          convolve(input({2, 4}), input({3, 1, 1}), {});
                        },
                        name + ": expected x to have samples first"});
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, weights, {strides = 1, padding = \"valid\", dilation = 1, groups = 1})",
      .summary = "Convolution over " + axes + ", channels last; a kernel of one tap is a dot.",
      .formula =
          "y[n, o, f] = sum over k, c of x[n, o * stride + k * dilation - before, c] * weights[k, c, f], x being "
          "0 on padding",
      .gradient =
          "the transposed convolution of c with the weights for x, dot(transpose(patches of x), c) for the "
          "weights",
      .shapes = "x (n, sizes..., channels), weights (taps..., channels / groups, filters): (n, positions..., filters)",
      .samples =
          [=] {
            std::vector<Sample> samples;
            for (const auto& [label, x, weights, options, arguments] : cases) {
              samples.push_back(
                  {label,
                   {sample_values(x), sample_values(weights, -2, 2, 1)},
                   [=, options = options](auto inputs) { return convolve(inputs[0], inputs[1], options); },
                   arguments});
            }
            return samples;
          },
      .rejections = [=] { return rejections; },
      .cases =
          [=] {
            const auto rank = cases.front().x.size() - 2;
            return infinite_weight_cases(rank, [=](auto inputs) { return convolve(inputs[0], inputs[1], {}); });
          },
  };
}

}  // namespace

static const Register registered_conv1d{convolution_entry(
    "conv1d", conv1d, "one axis",
    {{"channels and filters", {2, 4, 2}, {3, 2, 2}},
     {"stride and padding before",
      {2, 5, 1},
      {3, 1, 2},
      {.strides = 2, .padding = {{2, 0}}},
      {{"strides", {2}}, {"before", {2}}}},
     {"groups of dilated taps", {1, 5, 2}, {2, 1, 4}, {.dilation = 3, .groups = 2}, {{"dilation", {3}}}},
     {"one element", {1, 1, 1}, {1, 1, 1}},
     {"no samples", {0, 4, 2}, {3, 2, 2}}},
    {})};

static const Register registered_conv2d{convolution_entry(
    "conv2d", conv2d, "two axes",
    {{"channels and filters", {2, 3, 3, 1}, {2, 2, 1, 2}},
     {"strides and padding",
      {1, 4, 3, 2},
      {3, 2, 2, 1},
      {.strides = {2, 1}, .padding = {1, 1}},
      {{"strides", {2, 1}}, {"before", {1, 1}}, {"after", {1, 1}}}},
     {"same", {1, 4, 3, 1}, {2, 2, 1, 2}, {.strides = 2, .padding = "same"}, {{"strides", {2, 2}}, {"after", {0, 1}}}},
     {"dilation", {1, 4, 3, 1}, {2, 2, 1, 2}, {.dilation = {2, 1}}, {{"dilation", {2, 1}}}},
     {"two groups", {1, 3, 2, 4}, {2, 1, 2, 2}, {.groups = 2}},
     {"two filters for each channel", {2, 2, 2, 3}, {1, 2, 1, 6}, {.groups = 3}},
     {"one filter for each channel",
      {3, 2, 2, 2},
      {2, 1, 1, 2},
      {.padding = {{0, 1}, {0, 0}}, .groups = 2},
      {{"after", {1, 0}}}},
     {"one tap", {3, 2, 2, 2}, {1, 1, 2, 2}},
     {"one tap and strides", {3, 3, 2, 2}, {1, 1, 2, 2}, {.strides = 2}, {{"strides", {2, 2}}}},
     {"more padding than elements",
      {2, 1, 1, 2},
      {3, 3, 2, 1},
      {.padding = 3},
      {{"before", {3, 3}}, {"after", {3, 3}}}},
     {"one element", {1, 1, 1, 1}, {1, 1, 1, 1}},
     {"no samples", {0, 3, 3, 2}, {2, 2, 2, 2}}},
    {{"a kernel larger than x",
      [] {
        conv2d(input({batch, 4, 2, 3}), input({3, 3, 3, 8}));
      },
      "conv2d: x (batch, 4, 2, 3) and weights (3, 3, 3, 8) do not fit: along axis 2 a window spans 3 elements, but "
      "there "
      "are 2, padding included"},
     {"other channels",
      [] {
        conv2d(input({batch, 4, 4, 3}), input({3, 3, 4, 8}));
      },
      "conv2d: x (batch, 4, 4, 3) and weights (3, 3, 4, 8) do not fit: with 1 group(s), expected x to have 4 channels"},
     {"filters that do not divide into groups",
      [] {
        conv2d(input({batch, 4, 4, 4}), input({3, 3, 2, 3}), {.groups = 2});
      },
      "conv2d: x (batch, 4, 4, 4) and weights (3, 3, 2, 3) do not fit: with 2 group(s)"},
     {"no groups",
      [] {
        conv2d(input({batch, 4, 4, 4}), input({3, 3, 4, 3}), {.groups = 0});
      },
      "conv2d: expected 1 group or more, but got 0"},
     {"weights of another rank",
      [] {
        conv2d(input({batch, 4, 4, 4}), input({3, 4, 3}));
      },
      "conv2d: x (batch, 4, 4, 4) and weights (3, 4, 3) do not fit: expected weights of 4 axes"},
     {"more padding than kernel",
      [] {
        conv2d(input({batch, 4, 4, 3}), input({2, 3, 3, 8}), {.padding = 3});
      },
      "conv2d: x (batch, 4, 4, 3) and weights (2, 3, 3, 8) do not fit: along axis 1 there are 3 elements of padding "
      "before and 3 after, more than the 2 that a window spans"},
     {"a symbol to move along",
      [] {
        conv2d(input({2, 4, batch, 3}), input({3, 3, 3, 8}));
      },
      "conv2d: expected sizes to be numbers along the axes that a window moves along, but axis 2 of shape (2, 4, "
      "batch, 3) is batch"},
     {"mixed dtypes",
      [] {
        conv2d(input({2, 4, 4, 3}), input({3, 3, 3, 8}, {}, DType::float64));
      },
      "conv2d: expected x and weights to be float32 or both float64, but got float32 and float64"}})};

static const Register registered_conv3d{
    convolution_entry("conv3d", conv3d, "three axes",
                      {{"channels and filters", {1, 2, 3, 2, 1}, {2, 2, 1, 1, 2}},
                       {"all options",
                        {2, 3, 2, 2, 2},
                        {2, 1, 2, 1, 2},
                        {.strides = {1, 2, 1}, .padding = {0, 0, 1}, .dilation = {2, 1, 1}, .groups = 2},
                        {{"strides", {1, 2, 1}}, {"before", {0, 0, 1}}, {"after", {0, 0, 1}}, {"dilation", {2, 1, 1}}}},
                       {"one element", {1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}},
                       {"no samples", {0, 2, 2, 2, 1}, {2, 2, 2, 1, 1}}},
                      {})};

}  // namespace xgrad
