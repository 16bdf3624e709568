#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/windows.hpp>
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

OperatorEntry convolution_transpose_entry(const std::string& name, const std::string& axes) {
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name +
                   "(x, weights, {strides = 1, padding = \"valid\", dilation = 1, groups = 1, "
                   "output_padding = 0})",
      .summary = "The transpose of a convolution over " + axes + ", channels last.",
      .formula =
          "y[n, i, f] = sum of x[n, o, c] * weights[k, f, c] over c, o and k with o * stride + k * dilation - before = "
          "i",
      .gradient = "the convolution of c with the weights for x, dot(transpose(patches of c), x) for the weights",
      .shapes = "x (n, sizes..., channels), weights (taps..., filters / groups, channels): (n, sizes'..., filters)",
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

static const Register registered_conv1d_transpose{convolution_transpose_entry("conv1d_transpose", "one axis")};
static const Register registered_conv2d_transpose{convolution_transpose_entry("conv2d_transpose", "two axes")};
static const Register registered_conv3d_transpose{convolution_transpose_entry("conv3d_transpose", "three axes")};

}  // namespace xgrad
