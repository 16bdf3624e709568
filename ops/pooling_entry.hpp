#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <string>

namespace xgrad {

/// What the entries of operators that pool differ in.
struct PoolingTexts {
  std::string summary;    ///< "Average of the elements", with which it begins
  std::string reduction;  ///< "mean", as formulas name it
  std::string gradient;   ///< of one window
};

/// The entry of a pool whose windows move; `options` are those beside strides and padding.
inline OperatorEntry pooling_entry(const std::string& name, const PoolingTexts& texts, const std::string& options) {
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, size, {strides = size, padding = \"valid\", " + options + "})",
      .summary = texts.summary + " under each window, channel by channel.",
      .formula = "y[n, o, c] = " + texts.reduction + " over k of x[n, o * stride + k * dilation - before, c]",
      .gradient = texts.gradient + ", added up where windows overlap",
      .shapes = "x (n, sizes..., channels): (n, positions..., channels)",
  };
}

/// The entry of a pool over equal parts.
inline OperatorEntry adaptive_pooling_entry(const std::string& name, const PoolingTexts& texts) {
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, counts)",
      .summary = texts.summary + " in each of a given number of parts, channel by channel.",
      .formula = "y[n, i, c] = " + texts.reduction +
                 " of x[n, j, c] over floor(i * size / count) <= j < (i + 1) * size / count",
      .gradient = texts.gradient + ", added up where parts overlap",
      .shapes = "x (n, sizes..., channels): (n, counts..., channels)",
  };
}

/// The entry of a pool over all of a sample.
inline OperatorEntry global_pooling_entry(const std::string& name, const PoolingTexts& texts) {
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, keepdims = false)",
      .summary = texts.summary + " of each sample, channel by channel.",
      .formula = "y[n, c] = " + texts.reduction + " over i of x[n, i, c]",
      .gradient = texts.gradient,
      .shapes = "x (n, sizes..., channels) of one to three axes: (n, channels), or (n, 1..., channels) with keepdims",
  };
}

}  // namespace xgrad
