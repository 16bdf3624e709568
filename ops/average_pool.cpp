#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/windows.hpp>
#include <xgrad/ops/average_pool.hpp>
#include <xgrad/ops/banded_product.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/mean.hpp>

#include <fmt/format.h>

#include <numeric>

namespace xgrad {
namespace {

/// The average over each window: along one axis after the other, as the number of elements of a window is the product
/// of those along each axis.
Tensor average_over(std::string_view where, const Tensor& x, const Windows& windows, bool count_include_pad) {
  expect_floating(where, x.dtype());
  Tensor result = x;
  std::int64_t position = 0;
  for (const auto& axis : windows.axes()) {
    BandedMatrix matrix{axis.size};
    for (const auto& window : axis.windows) {
      const auto divisor = count_include_pad ? axis.taps : window.count;
      matrix.rows.push_back(
          {window.element, std::vector(static_cast<std::size_t>(window.count), 1 / static_cast<double>(divisor))});
    }
    result = banded_product(matrix, result, ++position);
  }
  return result;
}

Tensor average_pool(std::string_view where, std::size_t rank, const Tensor& x, const WindowSizes& size,
                    const AveragePoolOptions& options) {
  const WindowOptions moving{.strides = options.strides, .padding = options.padding};
  return average_over(where, x, pooling_windows(where, x.shape(), size, moving, rank), options.count_include_pad);
}

Tensor adaptive_average_pool(std::string_view where, std::size_t rank, const Tensor& x, const WindowSizes& counts) {
  return average_over(where, x, equal_windows(where, x.shape(), counts, rank), false);
}

}  // namespace

Tensor average_pool1d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options) {
  return average_pool("average_pool1d", 1, x, size, options);
}
Tensor average_pool2d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options) {
  return average_pool("average_pool2d", 2, x, size, options);
}
Tensor average_pool3d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options) {
  return average_pool("average_pool3d", 3, x, size, options);
}

Tensor adaptive_average_pool1d(const Tensor& x, const WindowSizes& counts) {
  return adaptive_average_pool("adaptive_average_pool1d", 1, x, counts);
}
Tensor adaptive_average_pool2d(const Tensor& x, const WindowSizes& counts) {
  return adaptive_average_pool("adaptive_average_pool2d", 2, x, counts);
}
Tensor adaptive_average_pool3d(const Tensor& x, const WindowSizes& counts) {
  return adaptive_average_pool("adaptive_average_pool3d", 3, x, counts);
}

Tensor global_average_pool(const Tensor& x, bool keepdims) {
  std::vector<std::int64_t> axes(window_sizes("global_average_pool", x.shape()).size());
  std::iota(axes.begin(), axes.end(), 1);
  return mean(x, Axes(std::move(axes)), keepdims);
}

namespace {

std::vector<double> doubles(std::span<const std::int64_t> list) { return {list.begin(), list.end()}; }

/// A window over x, and how tests are told of it.
struct Case {
  std::string label;
  Extents x;
  Extents size;
  AveragePoolOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

OperatorEntry average_pool_entry(std::string name,
                                 Tensor (*pool)(const Tensor&, const WindowSizes&, const AveragePoolOptions&),
                                 std::vector<Case> cases, std::vector<Rejection> rejections) {
  rejections.push_back({"another rank",
                        [=] {
                          pool(input({batch, 4}), 2, {});
                        },
                        name + ": expected x to have samples first"});
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, size, {strides = size, padding = \"valid\", count_include_pad = false})",
      .summary = "Average of the elements under each window, channel by channel.",
      .formula = "y[n, o, c] = mean over k of x[n, o * stride + k - before, c], padding left out or counted as 0",
      .gradient = "c / number of elements averaged, added up where windows overlap",
      .shapes = "x (n, sizes..., channels): (n, positions..., channels)",
      .samples =
          [=] {
            std::vector<Sample> samples;
            for (const auto& [label, x, size, options, arguments] : cases) {
              auto all = arguments;
              all["size"] = doubles(size);
              all["count_include_pad"] = {static_cast<double>(options.count_include_pad)};
              all.try_emplace("strides", doubles(size));
              samples.push_back({label,
                                 {sample_values(x)},
                                 [=, size = WindowSizes(size), options = options](auto inputs) {
                                   return pool(inputs[0], size, options);
                                 },
                                 std::move(all)});
            }
            return samples;
          },
      .rejections = [=] { return rejections; },
  };
}

OperatorEntry adaptive_average_pool_entry(std::string name, Tensor (*pool)(const Tensor&, const WindowSizes&),
                                          std::vector<std::pair<Extents, Extents>> cases) {
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, counts)",
      .summary = "Average of each of a given number of parts, channel by channel.",
      .formula = "y[n, i, c] = mean of x[n, j, c] over floor(i * size / count) <= j < (i + 1) * size / count",
      .gradient = "c / number of elements averaged, added up where parts overlap",
      .shapes = "x (n, sizes..., channels): (n, counts..., channels)",
      .samples =
          [=] {
            std::vector<Sample> samples;
            for (const auto& [x, counts] : cases) {
              samples.push_back({fmt::format("{} in {} parts", to_string(x), to_string(counts)),
                                 {sample_values(x)},
                                 [=, counts = WindowSizes(counts)](auto inputs) { return pool(inputs[0], counts); },
                                 {{"counts", doubles(counts)}}});
            }
            return samples;
          },
      .rejections =
          [=] {
            const Shape shape(cases.front().first);
            return std::vector<Rejection>{
                {"no parts", [=] { pool(input(shape), 0); }, name + ": expected counts of 1 or more, but got 0"},
                {"integers", [=] { pool(input(shape, {}, DType::int32), 1); },
                 name + ": expected float32 or float64, but got int32"},
                {"another rank",
                 [=] {
                   pool(input({batch, 4}), 2);
                 },
                 name + ": expected x to have samples first"}};
          },
  };
}

}  // namespace

static const Register registered_average_pool1d{
    average_pool_entry("average_pool1d", average_pool1d,
                       {{"channels", {2, 6, 2}, {2}},
                        {"overlapping windows", {2, 5, 2}, {3}, {.strides = 1}, {{"strides", {1}}}},
                        {"strides over more than the window", {2, 5, 1}, {1}, {.strides = 2}, {{"strides", {2}}}},
                        {"one element", {1, 1, 1}, {1}},
                        {"no samples", {0, 4, 2}, {2}}},
                       {})};

static const Register registered_average_pool2d{average_pool_entry(
    "average_pool2d", average_pool2d,
    {{"channels", {1, 4, 2, 2}, {2, 2}},
     {"strides and padding",
      {1, 4, 4, 1},
      {3, 2},
      {.strides = {2, 1}, .padding = {1, 1}},
      {{"strides", {2, 1}}, {"before", {1, 1}}, {"after", {1, 1}}}},
     {"padding counted",
      {1, 4, 4, 1},
      {3, 2},
      {.strides = {2, 1}, .padding = {1, 1}, .count_include_pad = true},
      {{"strides", {2, 1}}, {"before", {1, 1}}, {"after", {1, 1}}}},
     {"same", {2, 3, 3, 1}, {2, 2}, {.padding = "same"}, {{"after", {1, 1}}}},
     {"one element", {1, 1, 1, 1}, {1, 1}},
     {"no samples", {0, 4, 4, 2}, {2, 2}}},
    {{"a window larger than x",
      [] {
        average_pool2d(input({batch, 4, 2, 1}), 3);
      },
      "average_pool2d: x (batch, 4, 2, 1) and windows (3, 3) do not fit: along axis 2 a window spans 3 elements, but "
      "there "
      "are 2, padding included"},
     {"windows on padding alone",
      [] {
        average_pool2d(input({batch, 4, 4, 1}), 2, {.padding = 2});
      },
      "average_pool2d: x (batch, 4, 4, 1) and windows (2, 2) do not fit: a window lies on padding alone"},
     {"a symbol to move along",
      [] {
        average_pool2d(input({2, batch, 4, 1}), 2);
      },
      "average_pool2d: expected sizes to be numbers along the axes that a window moves along, but axis 1 of shape (2, "
      "batch, 4, 1) is batch"},
     {"integers",
      [] {
        average_pool2d(input({2, 4, 4, 1}, {}, DType::int32), 2);
      },
      "average_pool2d: expected float32 or float64, but got int32"}})};

static const Register registered_average_pool3d{
    average_pool_entry("average_pool3d", average_pool3d,
                       {{"channels", {1, 2, 3, 2, 2}, {2, 2, 1}},
                        {"strides and padding",
                         {2, 2, 2, 2, 1},
                         {2, 1, 2},
                         {.strides = {2, 2, 1}, .padding = {0, 0, 1}},
                         {{"strides", {2, 2, 1}}, {"before", {0, 0, 1}}, {"after", {0, 0, 1}}}},
                        {"one element", {1, 1, 1, 1, 1}, {1, 1, 1}},
                        {"no samples", {0, 2, 2, 2, 1}, {2, 2, 2}}},
                       {})};

static const Register registered_adaptive_average_pool1d{
    adaptive_average_pool_entry("adaptive_average_pool1d", adaptive_average_pool1d,
                                {{{2, 5, 2}, {3}}, {{2, 3, 1}, {5}}, {{1, 1, 1}, {1}}, {{0, 4, 2}, {2}}})};
static const Register registered_adaptive_average_pool2d{adaptive_average_pool_entry(
    "adaptive_average_pool2d", adaptive_average_pool2d,
    {{{1, 5, 2, 2}, {3, 1}}, {{2, 3, 4, 1}, {2, 2}}, {{1, 1, 1, 1}, {1, 1}}, {{0, 4, 4, 2}, {2, 2}}})};
static const Register registered_adaptive_average_pool3d{adaptive_average_pool_entry(
    "adaptive_average_pool3d", adaptive_average_pool3d,
    {{{1, 2, 3, 2, 2}, {1, 2, 2}}, {{1, 1, 1, 1, 1}, {1, 1, 1}}, {{0, 2, 2, 2, 1}, {1, 2, 1}}})};

static const Register registered_global_average_pool{{
    .name = "global_average_pool",
    .family = OperatorFamily::neural,
    .signature = "global_average_pool(x, keepdims = false)",
    .summary = "Average of each sample, channel by channel.",
    .formula = "y[n, c] = mean over i of x[n, i, c]",
    .gradient = "c / number of elements averaged",
    .shapes = "x (n, sizes..., channels) of one to three axes: (n, channels), or (n, 1..., channels) with keepdims",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents x, bool keepdims) {
            samples.push_back({std::move(label),
                               {sample_values(x)},
                               [=](auto inputs) { return global_average_pool(inputs[0], keepdims); },
                               {{"keepdims", {static_cast<double>(keepdims)}}}});
          };
          add("one axis", {2, 4, 2}, false);
          add("two axes, kept", {2, 2, 3, 2}, true);
          add("three axes", {1, 2, 2, 3, 2}, false);
          add("one element", {1, 1, 1}, false);
          add("no samples", {0, 2, 2}, false);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{{"no axes",
                                         [] {
                                           global_average_pool(input({batch, 4}));
                                         },
                                         "global_average_pool: expected x to have samples first, one to three axes"}};
        },
}};

}  // namespace xgrad
