#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/windows.hpp>
#include <xgrad/ops/convolution/infinite_weight.hpp>
#include <xgrad/ops/convolution_transpose.hpp>
#include <xgrad/ops/transposed_convolution.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// The windows over the result of which x holds the positions.
Windows result_windows(std::string_view where, const Tensor& x, const Tensor& weights,
                       const ConvolutionTransposeOptions& options) {
  const auto counts = window_sizes(where, x.shape());
  const auto rank = counts.size();
  const auto strides = options.strides.along(where, "strides", rank);
  const auto dilation = options.dilation.along(where, "dilation", rank);
  const auto added = options.output_padding.along(where, "output_padding", rank, 0);
  const auto padding = options.padding.along(where, rank);
  std::vector<WindowAxis> axes;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    WindowMotion motion{0, counts[axis], weights.shape()[axis].value(), strides[axis], dilation[axis], 0};
    const auto covered = (CheckedSize(where, motion.count) * motion.stride).value();
    if (options.padding.is_same()) motion.dilation = least_dilation(motion.dilation, covered);
    const auto span = (CheckedSize(where, motion.taps - 1) * motion.dilation + 1).value();
    const auto surplus = std::max<std::int64_t>(span - motion.stride, 0);
    const auto [before, after] = padding[axis];
    if (options.padding.is_named()) {
      motion.size = (CheckedSize(where, covered) + (options.padding.is_same() ? 0 : surplus)).value();
      motion.before = options.padding.is_same() ? surplus / 2 : 0;
    } else {
      motion.size = (CheckedSize(where, covered) - motion.stride + span - before - after + added[axis]).value();
      motion.before = before;
    }
    const auto most_added = options.padding.is_named() ? 1 : std::max(motion.stride, motion.dilation);
    if (added[axis] >= most_added) {
      throw ShapeError(fmt::format("{}: expected output_padding less than {} along axis {}, but got {}; {}", where,
                                   most_added, axis + 1, added[axis],
                                   options.padding.is_named() ? "give padding as numbers to add to the result"
                                                              : "it must be less than stride or dilation"));
    }
    if (motion.count == 0 || motion.size < 1 || std::max(before, after) > span) {
      throw ShapeError(
          fmt::format("{}: x {} and weights {} do not fit: along axis {} kernels cover {} elements, of "
                      "which padding cuts off {} and {}; pad less than a kernel and than there is",
                      where, x.shape().to_string(), weights.shape().to_string(), axis + 1, motion.size + before + after,
                      before, after));
    }
    axes.push_back(moving_window(where, motion));
  }
  return Windows(std::move(axes));
}

Tensor convolution_transpose(std::string_view where, std::size_t rank, const Tensor& x, const Tensor& weights,
                             const ConvolutionTransposeOptions& options) {
  window_sizes(where, x.shape(), rank);
  expect_weights(where, x, weights, rank, options.groups, true);
  return transposed_convolution(x, weights, options.groups,
                                std::make_shared<const Windows>(result_windows(where, x, weights, options)));
}

/// A transposed convolution of small arrays, and how tests are told of it.
struct Case {
  std::string label;
  Extents x;
  Extents weights;
  std::vector<double> spatial;  ///< sizes of the result
  ConvolutionTransposeOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

using Convolve = Tensor (*)(const Tensor&, const Tensor&, const ConvolutionTransposeOptions&);

OperatorEntry convolution_transpose_entry(std::string name, Convolve convolve, std::string axes,
                                          std::vector<Case> cases, std::vector<Rejection> rejections) {
  rejections.push_back({"another rank",
                        [=] {
                          convolve(input({2, 4}), input({3, 1, 1}), {});
                        },
                        name + ": expected x to have samples first"});
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature =
          name + "(x, weights, {strides = 1, padding = \"valid\", dilation = 1, groups = 1, output_padding = 0})",
      .summary = "The transpose of a convolution over " + axes + ", channels last.",
      .formula =
          "y[n, i, f] = sum of x[n, o, c] * weights[k, f, c] over c, o and k with o * stride + k * dilation - "
          "before = i",
      .gradient = "the convolution of c with the weights for x, dot(transpose(patches of c), x) for the weights",
      .shapes = "x (n, sizes..., channels), weights (taps..., filters / groups, channels): (n, sizes'..., filters)",
      .samples =
          [=] {
            std::vector<Sample> samples;
            for (const auto& [label, x, weights, spatial, options, arguments] : cases) {
              auto all = arguments;
              all["spatial"] = spatial;
              all["groups"] = {static_cast<double>(options.groups)};
              samples.push_back(
                  {label,
                   {sample_values(x), sample_values(weights, -2, 2, 1)},
                   [=, options = options](auto inputs) { return convolve(inputs[0], inputs[1], options); },
                   std::move(all)});
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

Tensor conv1d_transpose(const Tensor& x, const Tensor& weights, const ConvolutionTransposeOptions& options) {
  return convolution_transpose("conv1d_transpose", 1, x, weights, options);
}
Tensor conv2d_transpose(const Tensor& x, const Tensor& weights, const ConvolutionTransposeOptions& options) {
  return convolution_transpose("conv2d_transpose", 2, x, weights, options);
}
Tensor conv3d_transpose(const Tensor& x, const Tensor& weights, const ConvolutionTransposeOptions& options) {
  return convolution_transpose("conv3d_transpose", 3, x, weights, options);
}

static const Register registered_conv1d_transpose{convolution_transpose_entry(
    "conv1d_transpose", conv1d_transpose, "one axis",
    {{"channels and filters", {2, 3, 2}, {2, 2, 2}, {4}},
     {"padding and output padding",
      {2, 2, 1},
      {3, 2, 1},
      {4},
      {.strides = 2, .padding = 1, .output_padding = 1},
      {{"strides", {2}}, {"before", {1}}}},
     {"a stride over more than the kernel", {1, 3, 1}, {1, 2, 1}, {9}, {.strides = 3}, {{"strides", {3}}}},
     {"one element", {1, 1, 1}, {1, 1, 1}, {1}},
     {"no samples", {0, 3, 2}, {2, 2, 2}, {4}}},
    {})};

static const Register registered_conv2d_transpose{convolution_transpose_entry(
    "conv2d_transpose", conv2d_transpose, "two axes",
    {{"channels and filters", {1, 2, 3, 2}, {2, 2, 1, 2}, {3, 4}},
     {"strides", {1, 2, 2, 1}, {3, 2, 2, 1}, {5, 4}, {.strides = 2}, {{"strides", {2, 2}}}},
     {"same",
      {1, 2, 2, 1},
      {4, 1, 2, 1},
      {4, 4},
      {.strides = 2, .padding = "same"},
      {{"strides", {2, 2}}, {"before", {1, 0}}}},
     {"dilation and uneven padding",
      {1, 3, 2, 1},
      {2, 2, 2, 1},
      {4, 3},
      {.padding = {{1, 0}, {0, 1}}, .dilation = 2},
      {{"dilation", {2, 2}}, {"before", {1, 0}}}},
     {"two groups", {1, 2, 2, 4}, {2, 1, 1, 4}, {3, 2}, {.groups = 2}},
     {"one tap", {3, 2, 2, 2}, {1, 1, 1, 2}, {2, 2}},
     {"one element", {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1}},
     {"no samples", {0, 2, 2, 1}, {2, 2, 1, 1}, {3, 3}}},
    {{"filters of another count",
      [] {
        conv2d_transpose(input({batch, 4, 4, 3}), input({3, 3, 3, 8}));
      },
      "conv2d_transpose: x (batch, 4, 4, 3) and weights (3, 3, 3, 8) do not fit: with 1 group(s), expected x to have 8 "
      "channels"},
     {"padding that leaves nothing",
      [] {
        conv2d_transpose(input({batch, 1, 1, 3}), input({2, 2, 1, 3}), {.padding = 1});
      },
      "conv2d_transpose: x (batch, 1, 1, 3) and weights (2, 2, 1, 3) do not fit: along axis 1 kernels cover 2 "
      "elements, "
      "of which padding cuts off 1 and 1"},
     {"more output padding than stride",
      [] {
        conv2d_transpose(input({batch, 4, 4, 3}), input({3, 3, 8, 3}),
                         {.strides = 2, .padding = 1, .output_padding = 2});
      },
      "conv2d_transpose: expected output_padding less than 2 along axis 1, but got 2"},
     {"output padding beside a size",
      [] {
        conv2d_transpose(input({batch, 4, 4, 3}), input({3, 3, 8, 3}), {.padding = "same", .output_padding = 1});
      },
      "conv2d_transpose: expected output_padding less than 1 along axis 1, but got 1; give padding as numbers"},
     {"mixed dtypes",
      [] {
        conv2d_transpose(input({2, 4, 4, 3}), input({3, 3, 8, 3}, {}, DType::float64));
      },
      "conv2d_transpose: expected x and weights to be float32 or both float64, but got float32 and float64"}})};

static const Register registered_conv3d_transpose{convolution_transpose_entry(
    "conv3d_transpose", conv3d_transpose, "three axes",
    {{"channels and filters", {1, 2, 1, 2, 2}, {2, 2, 1, 1, 2}, {3, 2, 2}},
     {"all options",
      {1, 2, 1, 2, 2},
      {2, 1, 2, 1, 2},
      {4, 2, 1},
      {.strides = {1, 2, 1}, .padding = {0, 0, 1}, .dilation = {2, 1, 1}, .groups = 2, .output_padding = {0, 1, 0}},
      {{"strides", {1, 2, 1}}, {"before", {0, 0, 1}}, {"dilation", {2, 1, 1}}}},
     {"one element", {1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 1}},
     {"no samples", {0, 2, 2, 2, 1}, {2, 2, 2, 1, 1}, {3, 3, 3}}},
    {})};

}  // namespace xgrad
