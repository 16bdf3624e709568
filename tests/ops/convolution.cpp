#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/convolution.hpp>
#include <xgrad/ops/reshape.hpp>

#include "infinite_weight.hpp"

namespace xgrad {
namespace {

using Convolve = Tensor (*)(const Tensor&, const Tensor&, const ConvolutionOptions&);

/// A convolution of small arrays, and how tests are told of it.
struct ConvolutionCase {
  std::string label;
  Extents x;
  Extents weights;
  ConvolutionOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

OperatorSamples convolution_samples(std::string name, Convolve convolve, std::vector<ConvolutionCase> cases,
                                    std::vector<Rejection> rejections) {
  rejections.push_back({"another rank",
                        [=] {
                          convolve(input({2, 4}), input({3, 1, 1}), {});
                        },
                        name + ": expected x to have samples first"});
  return {
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

static const RegisterSamples samples_of_conv1d{
    "conv1d", convolution_samples(
                  "conv1d", conv1d,
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

static const RegisterSamples samples_of_conv2d{
    "conv2d",
    convolution_samples(
        "conv2d", conv2d,
        {{"channels and filters", {2, 3, 3, 1}, {2, 2, 1, 2}},
         {"strides and padding",
          {1, 4, 3, 2},
          {3, 2, 2, 1},
          {.strides = {2, 1}, .padding = {1, 1}},
          {{"strides", {2, 1}}, {"before", {1, 1}}, {"after", {1, 1}}}},
         {"same",
          {1, 4, 3, 1},
          {2, 2, 1, 2},
          {.strides = 2, .padding = "same"},
          {{"strides", {2, 2}}, {"after", {0, 1}}}},
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
          "conv2d: x (batch, 4, 4, 3) and weights (3, 3, 4, 8) do not fit: with 1 group(s), expected x to have 4 "
          "channels"},
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
          "conv2d: x (batch, 4, 4, 3) and weights (2, 3, 3, 8) do not fit: along axis 1 there are 3 elements of "
          "padding "
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

static const RegisterSamples samples_of_conv3d{
    "conv3d", convolution_samples(
                  "conv3d", conv3d,
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
