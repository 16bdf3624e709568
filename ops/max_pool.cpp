#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/fold.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/running.hpp>
#include <xgrad/framework/core/windows.hpp>
#include <xgrad/ops/max_pool.hpp>
#include <xgrad/ops/pooling_entry.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/reshape.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

namespace xgrad {
namespace {

using SharedWindows = std::shared_ptr<const Windows>;

/// True when no element lies under two windows.
bool are_disjoint(const Windows& windows) {
  const auto axes = windows.axes();
  return std::all_of(axes.begin(), axes.end(), [](const WindowAxis& axis) {
    return axis.motion && (axis.count < 2 || axis.motion->stride >= axis.motion->extent());
  });
}

/// The elements of x at positions that lie in the same sample and channel, or, scattering, zeros with the elements of
/// x added at them; each is the rule of the other. Where an element can be under many windows, output 1 is memory for
/// `PlacedSums`.
class AtPositions final : public Op {
 public:
  AtPositions(bool scatters, SharedWindows windows)
      : scatters_(scatters), spreads_(scatters && are_disjoint(*windows)), windows_(std::move(windows)) {}

  std::string_view name() const override { return scatters_ ? "scatter_maxima" : "gather_maxima"; }
  std::optional<Attributes> attributes() const override { return windows_->attributes(); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& [dtype, shape] = inputs[0];
    const auto channels = shape[shape.rank() - 1];
    if (!scatters_) return {{dtype, windows_->positions_shape(shape[0], channels)}};
    const auto elements = windows_->elements_shape(shape[0], channels);
    if (!has_many_taps()) return {{dtype, elements}};
    return {{dtype, elements}, {DType::float64, elements}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    const auto& x = at.inputs[0];
    visit(x.dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        if (spreads_) {
          spread(at, x.as<T>(), at.outputs[0].as<T>());
        } else {
          move(at, x.as<T>(), at.outputs[0].as<T>());
        }
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return apply_all(std::make_shared<const AtPositions>(!scatters_, windows_), {at.cotangent(), at.input(1)})[0];
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return std::vector{0, 0}; }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  bool has_many_taps() const { return windows_->taps() >= fold_lanes; }

  template <class T>
  void move(const KernelArguments& at, const T* x, T* output) const {
    const auto* chosen = at.inputs[1].as<std::int32_t>();
    const auto channels = at.inputs[0].shape.back();
    const auto count = element_count(at.outputs[0].shape);
    if (scatters_) std::fill_n(output, count, T(0));
    std::optional<PlacedSums<T>> sums;
    if (scatters_ && has_many_taps()) sums.emplace(output, at.outputs[1].as<double>()).start(0, count);
    for (std::int64_t sample = 0; sample < at.inputs[0].shape[0]; ++sample) {
      const auto first = sample * windows_->elements();
      for (std::int64_t window = 0; window < windows_->positions(); ++window, chosen += channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
          const auto element = (first + chosen[channel]) * channels + channel;
          if (sums) {
            sums->add(element, *x++);
          } else if (scatters_) {
            output[element] += *x++;
          } else {
            *output++ = x[element];
          }
        }
      }
    }
    if (sums) sums->finish(0, count);
  }

  /// Writes all elements under each window, which lies under no other: in order, and many channels at once.
  template <class T>
  void spread(const KernelArguments& at, const T* x, T* output) const {
    const auto& shape = at.inputs[0].shape;
    const auto* chosen = at.inputs[1].as<std::int32_t>();
    const auto channels = shape.back();
    if (windows_->is_padded() || windows_->positions() * windows_->taps() < windows_->elements()) {
      std::fill_n(output, element_count(at.outputs[0].shape), T(0));
    }
    for (std::int64_t sample = 0; sample < shape[0]; ++sample) {
      const auto first = sample * windows_->elements();
      windows_->for_each_run(sample * windows_->positions(), windows_->positions(), [&](const WindowRun& run) {
        for (std::int64_t tap = 0; tap < run.taps; ++tap) {
          const auto element = run.element + tap * windows_->step();
          write_chosen(x + run.window * channels, chosen + run.window * channels,
                       static_cast<std::int32_t>(element - first), channels, output + element * channels);
        }
      });
      x += windows_->positions() * channels;
      chosen += windows_->positions() * channels;
    }
  }

  template <class T>
  static void write_chosen(const T* __restrict values, const std::int32_t* __restrict places, std::int32_t place,
                           std::int64_t channels, T* __restrict output) {
    for (std::int64_t channel = 0; channel < channels; ++channel) {
      output[channel] = places[channel] == place ? values[channel] : T(0);
    }
  }

  bool scatters_;
  bool spreads_;
  SharedWindows windows_;
};

/// Output 0 is the largest element under each window, output 1 where in its sample it lies, channels left out.
class MaxPool final : public Op {
 public:
  explicit MaxPool(SharedWindows windows) : windows_(std::move(windows)) {}

  std::string_view name() const override { return "max_pool"; }
  std::optional<Attributes> attributes() const override { return windows_->attributes(); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& [dtype, shape] = inputs[0];
    const auto pooled = windows_->positions_shape(shape[0], shape[shape.rank() - 1]);
    return {{dtype, pooled}, {DType::int32, pooled}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    visit(at.inputs[0].dtype, [&]<class T>() { pool(at.inputs[0].as<T>(), at); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return apply_all(std::make_shared<const AtPositions>(true, windows_), {at.cotangent(), at.outputs[1]})[0];
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
    for (std::int64_t sample = 0; sample < at.inputs[0].shape[0]; ++sample) {
      const auto first = sample * windows_->elements();
      windows_->for_each_run(sample * windows_->positions(), windows_->positions(), [&](const WindowRun& run) {
        T* best = largest + run.window * channels;
        auto* best_element = chosen + run.window * channels;
        for (std::int64_t tap = 0; tap < run.taps; ++tap) {
          const auto element = run.element + tap * windows_->step();
          const T* values = x + element * channels;
          const auto place = static_cast<std::int32_t>(element - first);
          if (run.is_first && tap == 0) {
            std::copy_n(values, channels, best);
            std::fill_n(best_element, channels, place);
          } else {
            keep_larger(values, place, channels, best, best_element);
          }
        }
      });
      largest += windows_->positions() * channels;
      chosen += windows_->positions() * channels;
    }
  }

  /// The first of equal elements stays, and of those that are not numbers, which are larger than all that are.
  template <class T>
  static void keep_larger(const T* __restrict values, std::int32_t place, std::int64_t channels, T* __restrict best,
                          std::int32_t* __restrict best_element) {
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
  // The largest of rectified elements is the largest element, rectified: of fewer elements, in both directions.
  if (windows.elements() > std::numeric_limits<std::int32_t>::max()) {
    throw ShapeError(
        fmt::format("max_pool: expected at most 2^31 - 1 elements in a channel of a sample, but x {} has {}; cut "
                    "samples into parts",
                    x.shape().to_string(), windows.elements()));
  }
  if (const auto unrectified = relu_of(x)) return relu(max_over(*unrectified, std::move(windows)));
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

static const PoolingTexts max_pool_texts{"Largest element", "max", "c for the first largest element"};

static const Register registered_max_pool1d{pooling_entry("max_pool1d", max_pool_texts, "dilation = 1")};
static const Register registered_max_pool2d{pooling_entry("max_pool2d", max_pool_texts, "dilation = 1")};
static const Register registered_max_pool3d{pooling_entry("max_pool3d", max_pool_texts, "dilation = 1")};
static const Register registered_adaptive_max_pool1d{adaptive_pooling_entry("adaptive_max_pool1d", max_pool_texts)};
static const Register registered_adaptive_max_pool2d{adaptive_pooling_entry("adaptive_max_pool2d", max_pool_texts)};
static const Register registered_adaptive_max_pool3d{adaptive_pooling_entry("adaptive_max_pool3d", max_pool_texts)};
static const Register registered_global_max_pool{global_pooling_entry("global_max_pool", max_pool_texts)};

}  // namespace xgrad
