#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/convolution_transpose.hpp>

#include "infinite_weight.hpp"

namespace xgrad {
namespace {

using ConvolveTransposed = Tensor (*)(const Tensor&, const Tensor&, const ConvolutionTransposeOptions&);

/// A transposed convolution of small arrays, and how tests are told of it.
struct TransposedCase {
  std::string label;
  Extents x;
  Extents weights;
  std::vector<double> spatial;  ///< sizes of the result
  ConvolutionTransposeOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

OperatorSamples convolution_transpose_samples(std::string name, ConvolveTransposed convolve,
                                              std::vector<TransposedCase> cases, std::vector<Rejection> rejections) {
  rejections.push_back({"another rank",
                        [=] {
                          convolve(input({2, 4}), input({3, 1, 1}), {});
                        },
                        name + ": expected x to have samples first"});
  return {
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

static const RegisterSamples samples_of_conv1d_transpose{
    "conv1d_transpose",
    convolution_transpose_samples(
        "conv1d_transpose", conv1d_transpose,
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

static const RegisterSamples samples_of_conv2d_transpose{
    "conv2d_transpose",
    convolution_transpose_samples(
        "conv2d_transpose", conv2d_transpose,
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
          "conv2d_transpose: x (batch, 4, 4, 3) and weights (3, 3, 3, 8) do not fit: with 1 group(s), expected x to "
          "have 8 "
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

static const RegisterSamples samples_of_conv3d_transpose{
    "conv3d_transpose",
    convolution_transpose_samples(
        "conv3d_transpose", conv3d_transpose,
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
