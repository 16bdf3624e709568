#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/windows.hpp>
#include <xgrad/ops/max_pool.hpp>
#include <xgrad/ops/reshape.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <type_traits>

namespace xgrad {
namespace {

using SharedWindows = std::shared_ptr<const Windows>;

/// The elements of x at positions that lie in the same sample and channel, or, scattering, zeros with the elements of
/// x added at them; each is the rule of the other.
class AtPositions final : public Op {
 public:
  AtPositions(bool scatters, SharedWindows windows) : scatters_(scatters), windows_(std::move(windows)) {}

  std::string_view name() const override { return scatters_ ? "scatter_maxima" : "gather_maxima"; }
  std::string attributes() const override { return windows_->to_string(); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& [dtype, shape] = inputs[0];
    const auto channels = shape[shape.rank() - 1];
    return {{dtype,
             scatters_ ? windows_->elements_shape(shape[0], channels) : windows_->positions_shape(shape[0], channels)}};
  }

  void forward(const KernelArguments& at) const override {
    const auto& x = at.inputs[0];
    visit(x.dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) move(at, x.as<T>(), at.outputs[0].as<T>());
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return apply(std::make_shared<const AtPositions>(!scatters_, windows_), {at.cotangent(), at.input(1)});
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return std::vector{0, 0}; }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  template <class T>
  void move(const KernelArguments& at, const T* x, T* output) const {
    const auto* chosen = at.inputs[1].as<std::int32_t>();
    const auto channels = at.inputs[0].shape.back();
    if (scatters_) std::fill_n(output, element_count(at.outputs[0].shape), T(0));
    for (std::int64_t sample = 0; sample < at.inputs[0].shape[0]; ++sample) {
      const auto first = sample * windows_->elements();
      for (std::int64_t window = 0; window < windows_->positions(); ++window, chosen += channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
          const auto element = (first + chosen[channel]) * channels + channel;
          if (scatters_) {
            output[element] += *x++;
          } else {
            *output++ = x[element];
          }
        }
      }
    }
  }

  bool scatters_;
  SharedWindows windows_;
};

/// Output 0 is the largest element under each window, output 1 where in its sample it lies, channels left out.
class MaxPool final : public Op {
 public:
  explicit MaxPool(SharedWindows windows) : windows_(std::move(windows)) {}

  std::string_view name() const override { return "max_pool"; }
  std::string attributes() const override { return windows_->to_string(); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& [dtype, shape] = inputs[0];
    const auto pooled = windows_->positions_shape(shape[0], shape[shape.rank() - 1]);
    return {{dtype, pooled}, {DType::int32, pooled}};
  }

  void forward(const KernelArguments& at) const override {
    visit(at.inputs[0].dtype, [&]<class T>() { pool(at.inputs[0].as<T>(), at); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return apply(std::make_shared<const AtPositions>(true, windows_), {at.cotangent(), at.outputs[1]});
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return std::vector{0}; }

  double cost(std::span<const Extents>) const override { return static_cast<double>(windows_->taps()); }
  double operations(std::span<const Extents> inputs) const override { return cost(inputs); }

 private:
  template <class T>
  void pool(const T* x, const KernelArguments& at) const {
    T* largest = at.outputs[0].as<T>();
    auto* chosen = at.outputs[1].as<std::int32_t>();
    const auto channels = at.inputs[0].shape.back();
    const auto windows = at.inputs[0].shape[0] * windows_->positions();
    windows_->for_each_run(0, windows, [&](const WindowRun& run) {
      T* best = largest + run.window * channels;
      auto* best_element = chosen + run.window * channels;
      for (std::int64_t tap = 0; tap < run.taps; ++tap) {
        const auto element = run.element + tap * windows_->step();
        const T* values = x + element * channels;
        const auto place = static_cast<std::int32_t>(element % windows_->elements());
        if (run.is_first && tap == 0) {
          std::copy_n(values, channels, best);
          std::fill_n(best_element, channels, place);
        } else {
          keep_larger(values, place, channels, best, best_element);
        }
      }
    });
  }

  /// The first of equal elements stays, and of those that are not numbers, which are larger than all that are.
  template <class T>
  static void keep_larger(const T* values, std::int32_t place, std::int64_t channels, T* best,
                          std::int32_t* best_element) {
    for (std::int64_t channel = 0; channel < channels; ++channel) {
      const T value = values[channel];
      const T before = best[channel];
      const bool is_better = (value > before) | ((value != value) & (before == before));
      best[channel] = is_better ? value : before;
      best_element[channel] = is_better ? place : best_element[channel];
    }
  }

  SharedWindows windows_;
};

Tensor max_over(const Tensor& x, Windows windows) {
  return apply_all(std::make_shared<const MaxPool>(std::make_shared<const Windows>(std::move(windows))), {x})[0];
}

Tensor max_pool(std::string_view where, std::size_t rank, const Tensor& x, const WindowSizes& size,
                const MaxPoolOptions& options) {
  const WindowOptions moving{.strides = options.strides, .padding = options.padding, .dilation = options.dilation};
  return max_over(x, pooling_windows(where, x.shape(), size, moving, rank));
}

}  // namespace

Tensor max_pool1d(const Tensor& x, const WindowSizes& size, const MaxPoolOptions& options) {
  return max_pool("max_pool1d", 1, x, size, options);
}
Tensor max_pool2d(const Tensor& x, const WindowSizes& size, const MaxPoolOptions& options) {
  return max_pool("max_pool2d", 2, x, size, options);
}
Tensor max_pool3d(const Tensor& x, const WindowSizes& size, const MaxPoolOptions& options) {
  return max_pool("max_pool3d", 3, x, size, options);
}

Tensor adaptive_max_pool1d(const Tensor& x, const WindowSizes& counts) {
  return max_over(x, equal_windows("adaptive_max_pool1d", x.shape(), counts, 1));
}
Tensor adaptive_max_pool2d(const Tensor& x, const WindowSizes& counts) {
  return max_over(x, equal_windows("adaptive_max_pool2d", x.shape(), counts, 2));
}
Tensor adaptive_max_pool3d(const Tensor& x, const WindowSizes& counts) {
  return max_over(x, equal_windows("adaptive_max_pool3d", x.shape(), counts, 3));
}

Tensor global_max_pool(const Tensor& x, bool keepdims) {
  const auto rank = window_sizes("global_max_pool", x.shape()).size();
  const auto result = max_over(x, equal_windows("global_max_pool", x.shape(), 1, rank));
  return keepdims ? result : reshape(result, {x.shape()[0], x.shape()[rank + 1]});
}

namespace {

std::vector<double> doubles(std::span<const std::int64_t> list) { return {list.begin(), list.end()}; }

/// A window over x, and how tests are told of it.
struct Case {
  std::string label;
  Extents x;
  Extents size;
  MaxPoolOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

OperatorEntry max_pool_entry(std::string name, Tensor (*pool)(const Tensor&, const WindowSizes&, const MaxPoolOptions&),
                             std::vector<Case> cases, std::vector<Rejection> rejections) {
  rejections.push_back({"another rank",
                        [=] {
                          pool(input({batch, 4}), 2, {});
                        },
                        name + ": expected x to have samples first"});
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, size, {strides = size, padding = \"valid\", dilation = 1})",
      .summary = "Largest element under each window, channel by channel.",
      .formula = "y[n, o, c] = max over k of x[n, o * stride + k * dilation - before, c]",
      .gradient = "c for the first largest element of each window, added up where windows overlap",
      .shapes = "x (n, sizes..., channels): (n, positions..., channels)",
      .samples =
          [=] {
            std::vector<Sample> samples;
            for (const auto& [label, x, size, options, arguments] : cases) {
              auto all = arguments;
              all["size"] = doubles(size);
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

OperatorEntry adaptive_max_pool_entry(std::string name, Tensor (*pool)(const Tensor&, const WindowSizes&),
                                      std::vector<std::pair<Extents, Extents>> cases) {
  return {
      .name = name,
      .family = OperatorFamily::neural,
      .signature = name + "(x, counts)",
      .summary = "Largest element of each of a given number of parts, channel by channel.",
      .formula = "y[n, i, c] = max of x[n, j, c] over floor(i * size / count) <= j < (i + 1) * size / count",
      .gradient = "c for the first largest element of each part, added up where parts overlap",
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
            Extents empty = cases.front().first;
            empty[1] = 0;
            return std::vector<Rejection>{{"no parts", [=] { pool(input(Shape(cases.front().first)), 0); },
                                           name + ": expected counts of 1 or more, but got 0"},
                                          {"nothing to cut", [=] { pool(input(Shape(empty)), 1); },
                                           name + ": x " + to_string(empty) + " does not divide into"},
                                          {"another rank",
                                           [=] {
                                             pool(input({batch, 4}), 2);
                                           },
                                           name + ": expected x to have samples first"}};
          },
  };
}

}  // namespace

static const Register registered_max_pool1d{
    max_pool_entry("max_pool1d", max_pool1d,
                   {{"channels", {2, 6, 2}, {2}},
                    {"overlapping windows", {2, 5, 2}, {3}, {.strides = 1}, {{"strides", {1}}}},
                    {"one element", {1, 1, 1}, {1}},
                    {"no samples", {0, 4, 2}, {2}}},
                   {})};

static const Register registered_max_pool2d{max_pool_entry(
    "max_pool2d", max_pool2d,
    {{"channels", {1, 4, 2, 2}, {2, 2}},
     {"strides and padding",
      {1, 4, 4, 1},
      {3, 2},
      {.strides = {2, 1}, .padding = {1, 0}},
      {{"strides", {2, 1}}, {"before", {1, 0}}, {"after", {1, 0}}}},
     {"same", {2, 3, 3, 1}, {2, 2}, {.padding = "same"}, {{"after", {1, 1}}}},
     {"dilation",
      {1, 4, 4, 1},
      {2, 2},
      {.strides = 1, .dilation = {2, 3}},
      {{"strides", {1, 1}}, {"dilation", {2, 3}}}},
     {"negative values beside padding", {2, 2, 2, 1}, {2, 2}, {.padding = 1}, {{"before", {1, 1}}, {"after", {1, 1}}}},
     {"one element", {1, 1, 1, 1}, {1, 1}},
     {"no samples", {0, 4, 4, 2}, {2, 2}}},
    {{"a window larger than x",
      [] {
        max_pool2d(input({batch, 4, 2, 1}), 3);
      },
      "max_pool2d: x (batch, 4, 2, 1) and windows (3, 3) do not fit: along axis 2 a window spans 3 elements, but there "
      "are "
      "2, padding included"},
     {"windows on padding alone",
      [] {
        max_pool2d(input({batch, 4, 4, 1}), 2, {.padding = 2});
      },
      "max_pool2d: x (batch, 4, 4, 1) and windows (2, 2) do not fit: a window lies on padding alone"},
     {"more padding than window",
      [] {
        max_pool2d(input({batch, 4, 4, 1}), 2, {.padding = 3});
      },
      "max_pool2d: x (batch, 4, 4, 1) and windows (2, 2) do not fit: along axis 1 there are 3 elements of padding"},
     {"a symbol to move along",
      [] {
        max_pool2d(input({2, batch, 4, 1}), 2);
      },
      "max_pool2d: expected sizes to be numbers along the axes that a window moves along, but axis 1 of shape (2, "
      "batch, 4, 1) is batch"}})};

static const Register registered_max_pool3d{
    max_pool_entry("max_pool3d", max_pool3d,
                   {{"channels", {1, 2, 3, 2, 2}, {2, 2, 1}},
                    {"strides and padding",
                     {2, 2, 2, 2, 1},
                     {2, 1, 2},
                     {.strides = {2, 2, 1}, .padding = {0, 0, 1}},
                     {{"strides", {2, 2, 1}}, {"before", {0, 0, 1}}, {"after", {0, 0, 1}}}},
                    {"one element", {1, 1, 1, 1, 1}, {1, 1, 1}},
                    {"no samples", {0, 2, 2, 2, 1}, {2, 2, 2}}},
                   {})};

static const Register registered_adaptive_max_pool1d{
    adaptive_max_pool_entry("adaptive_max_pool1d", adaptive_max_pool1d,
                            {{{2, 5, 2}, {3}}, {{2, 3, 1}, {5}}, {{1, 1, 1}, {1}}, {{0, 4, 2}, {2}}})};
static const Register registered_adaptive_max_pool2d{adaptive_max_pool_entry(
    "adaptive_max_pool2d", adaptive_max_pool2d,
    {{{1, 5, 2, 2}, {3, 1}}, {{2, 3, 4, 1}, {2, 2}}, {{1, 1, 1, 1}, {1, 1}}, {{0, 4, 4, 2}, {2, 2}}})};
static const Register registered_adaptive_max_pool3d{adaptive_max_pool_entry(
    "adaptive_max_pool3d", adaptive_max_pool3d,
    {{{1, 2, 3, 2, 2}, {1, 2, 2}}, {{1, 1, 1, 1, 1}, {1, 1, 1}}, {{0, 2, 2, 2, 1}, {1, 2, 1}}})};

static const Register registered_global_max_pool{{
    .name = "global_max_pool",
    .family = OperatorFamily::neural,
    .signature = "global_max_pool(x, keepdims = false)",
    .summary = "Largest element of each sample, channel by channel.",
    .formula = "y[n, c] = max over i of x[n, i, c]",
    .gradient = "c for the first largest element of each channel",
    .shapes = "x (n, sizes..., channels) of one to three axes: (n, channels), or (n, 1..., channels) with keepdims",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents x, bool keepdims) {
            samples.push_back({std::move(label),
                               {sample_values(x)},
                               [=](auto inputs) { return global_max_pool(inputs[0], keepdims); },
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
          return std::vector<Rejection>{
              {"no axes",
               [] {
                 global_max_pool(input({batch, 4}));
               },
               "global_max_pool: expected x to have samples first, one to three axes"},
              {"an empty axis",
               [] {
                 global_max_pool(input({batch, 0, 4}));
               },
               "global_max_pool: x (batch, 0, 4) does not divide into (1,) parts: axis 1 is empty"}};
        },
}};

}  // namespace xgrad
