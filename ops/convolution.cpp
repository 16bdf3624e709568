#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/patches.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/gemm.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/convolution.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>
#include <xgrad/ops/transposed_convolution.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <type_traits>

namespace xgrad {
namespace {

using SharedWindows = std::shared_ptr<const Windows>;

/// The factors of a convolution's terms: the sum over samples, positions, taps and channels of x * weights * y.
enum Factor : std::size_t { factor_x, factor_weights, factor_y };

/// The derivative of that sum with respect to one factor, given the other two in their order: y is the convolution of x
/// with the weights; x and weights are its gradients. The rule of each is another of the three. Weights are a matrix,
/// (taps * channels / groups, filters).
///
/// Patches of x are gathered, or scattered, a part at a time between products of matrices, and never stand in memory as
/// a whole. Output 1 is the room for that.
class Convolution final : public Op {
 public:
  Convolution(Factor result, SharedWindows windows, std::int64_t groups)
      : result_(result), windows_(std::move(windows)), groups_(groups) {}

  std::string_view name() const override {
    constexpr std::string_view names[] = {"convolution_input", "convolution_weights", "convolution"};
    return names[result_];
  }
  std::string attributes() const override { return fmt::format("{}, groups={}", windows_->to_string(), groups_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& left = inputs[0].shape;
    const auto& right = inputs[1].shape;
    const auto last = [](const Shape& shape) { return shape[shape.rank() - 1]; };
    Shape result;
    Dim room = part_windows;
    if (result_ == factor_weights) {
      result = {last(left).value() / groups_ * windows_->taps(), last(right)};
      room = last(right).value() + part_windows;
    } else {
      const auto& weights = result_ == factor_x ? left : right;
      result = result_ == factor_x ? windows_->elements_shape(right[0], left[0].value() / windows_->taps() * groups_)
                                   : windows_->positions_shape(left[0], last(right));
      room = weights[0] * Dim(std::min(windows_->positions(), fewest_windows));
    }
    return {{inputs[0].dtype, result}, {inputs[0].dtype, {result[0], room}}};
  }

  void forward(const KernelArguments& at) const override {
    visit(at.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        if (is_depthwise(at)) {
          depthwise<T>(at);
        } else if (result_ == factor_weights) {
          weights<T>(at);
        } else {
          result_ == factor_x ? input<T>(at) : output<T>(at);
        }
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    std::vector<Tensor> factors(at.inputs.begin(), at.inputs.end());
    factors.insert(factors.begin() + result_, at.cotangents[0]);
    const auto asked = static_cast<Factor>(index < result_ ? index : index + 1);
    factors.erase(factors.begin() + asked);
    return apply_all(std::make_shared<const Convolution>(asked, windows_, groups_), std::move(factors))[0];
  }

  // Samples, or rows of the matrix of weights, which need all samples.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    if (result_ == factor_weights) return std::vector{whole, whole};
    return result_ == factor_x ? std::vector{whole, 0} : std::vector{0, whole};
  }

  double cost(std::span<const Extents> inputs) const override { return 0.4 * terms(inputs); }
  double operations(std::span<const Extents> inputs) const override { return 2 * terms(inputs); }

 private:
  static constexpr std::int64_t part_numbers = 1 << 16;  // of patches at a time: what stays in the second-level cache
  static constexpr std::int64_t fewest_windows = 64;     // at a time, so that products pay off
  static constexpr std::int64_t part_windows = 256;      // at a time, in the gradient of weights

  /// Terms that one element of the result sums up.
  double terms(std::span<const Extents> inputs) const {
    const auto positions = static_cast<double>(windows_->positions());
    if (result_ == factor_weights) return static_cast<double>(inputs[0][0]) * positions;
    const auto taps = static_cast<double>(windows_->taps());
    if (result_ == factor_y) return static_cast<double>(inputs[1][0]);
    const auto filters = static_cast<double>(inputs[1].back() / groups_);
    return taps * filters * positions / static_cast<double>(windows_->elements());
  }

  /// Windows that go through the room together: as few parts as fit, all alike.
  static std::int64_t part_of(std::int64_t windows, std::int64_t columns, const ArrayView& room) {
    const auto fitting = std::max(element_count(room.shape) / columns, std::int64_t{1});
    const auto most = std::min(std::max(part_numbers / columns, fewest_windows), fitting);
    const auto parts = (windows + most - 1) / most;
    return parts == 0 ? 1 : (windows + parts - 1) / parts;
  }

  /// The columns of a matrix with `columns` that belong to a group, of `count` rows from row `first` on.
  template <class T>
  MatrixView<T> columns_of_group(T* data, std::int64_t columns, std::int64_t group, std::int64_t first,
                                 std::int64_t count) const {
    const auto width = columns / groups_;
    return {data + first * columns + group * width, count, width, columns};
  }

  template <class T>
  void output(const KernelArguments& at) const {
    const auto& [x, weights, y, room] = std::tie(at.inputs[0], at.inputs[1], at.outputs[0], at.outputs[1]);
    const auto rows = weights.shape[0];
    const auto filters = weights.shape[1];
    const auto windows = y.shape[0] * windows_->positions();
    const auto part = part_of(windows, rows, room);
    for (std::int64_t first = 0; first < windows; first += part) {
      const auto count = std::min(part, windows - first);
      for (std::int64_t group = 0; group < groups_; ++group) {
        gather_patches(*windows_, block(x.shape.back(), group, first, count), x.as<T>(), room.as<T>());
        gemm(MatrixView<const T>{room.as<T>(), count, rows, rows},
             columns_of_group<const T>(weights.as<T>(), filters, group, 0, rows),
             columns_of_group(y.as<T>(), filters, group, first, count));
      }
    }
  }

  template <class T>
  void input(const KernelArguments& at) const {
    const auto& [weights, y, x, room] = std::tie(at.inputs[0], at.inputs[1], at.outputs[0], at.outputs[1]);
    const auto rows = weights.shape[0];
    const auto filters = weights.shape[1];
    const auto windows = y.shape[0] * windows_->positions();
    const auto part = part_of(windows, rows, room);
    std::fill_n(x.as<T>(), element_count(x.shape), T(0));
    for (std::int64_t first = 0; first < windows; first += part) {
      const auto count = std::min(part, windows - first);
      for (std::int64_t group = 0; group < groups_; ++group) {
        auto turned = columns_of_group<const T>(weights.as<T>(), filters, group, 0, rows);
        turned.transposed = true;
        gemm(columns_of_group<const T>(y.as<T>(), filters, group, first, count), turned,
             MatrixView<T>{room.as<T>(), count, rows, rows});
        scatter_add_patches(*windows_, block(x.shape.back(), group, first, count), room.as<T>(), x.as<T>());
      }
    }
  }

  template <class T>
  void weights(const KernelArguments& at) const {
    const auto& [x, y, result, room] = std::tie(at.inputs[0], at.inputs[1], at.outputs[0], at.outputs[1]);
    const auto rows = result.shape[0];
    const auto filters = result.shape[1];
    const auto windows = y.shape[0] * windows_->positions();
    T* sums = room.as<T>();
    T* patches = sums + rows * filters;
    std::fill_n(result.as<T>(), rows * filters, T(0));
    for (std::int64_t first = 0; first < windows; first += part_windows) {
      const auto count = std::min(part_windows, windows - first);
      for (std::int64_t group = 0; group < groups_; ++group) {
        auto some_rows = block(x.shape.back(), group, first, count);
        some_rows.first_column = at.first_row;
        some_rows.columns = rows;
        gather_patches(*windows_, some_rows, x.as<T>(), patches);
        gemm(MatrixView<const T>{patches, count, rows, rows, true},
             columns_of_group<const T>(y.as<T>(), filters, group, first, count),
             columns_of_group(sums, filters, group, 0, rows));
      }
      for (std::int64_t i = 0; i < rows * filters; ++i) result.as<T>()[i] += sums[i];
    }
  }

  /// True when each channel has one filter, and all of them one: numbers are multiplied where they are.
  bool is_depthwise(const KernelArguments& at) const {
    const ArrayView* const arrays[] = {&at.inputs[0], &at.inputs[1], &at.outputs[0]};
    return std::all_of(std::begin(arrays), std::end(arrays),
                       [&](const ArrayView* array) { return array->shape.back() == groups_; });
  }

  template <class T>
  void depthwise(const KernelArguments& at) const {
    const Factor left = result_ == factor_x ? factor_weights : factor_x;
    const Factor right = result_ == factor_y ? factor_weights : factor_y;
    const auto& output = at.outputs[0];
    const auto first_tap = result_ == factor_weights ? at.first_row : 0;
    const auto taps_here = result_ == factor_weights ? output.shape[0] : windows_->taps();
    const auto samples = at.inputs[result_ == factor_x ? 1 : 0].shape[0];
    std::fill_n(output.as<T>(), element_count(output.shape), T(0));
    windows_->for_each_run(0, samples * windows_->positions(), [&](const WindowRun& run) {
      for (std::int64_t i = 0; i < run.taps; ++i) {
        const auto row = run.tap + i - first_tap;
        if (row < 0 || row >= taps_here) continue;
        const std::int64_t rows[] = {run.element + i * windows_->step(), row, run.window};  // of x, weights and y
        const T* some = at.inputs[0].as<T>() + rows[left] * groups_;
        const T* others = at.inputs[1].as<T>() + rows[right] * groups_;
        T* sums = output.as<T>() + rows[result_] * groups_;
        for (std::int64_t channel = 0; channel < groups_; ++channel) sums[channel] += some[channel] * others[channel];
      }
    });
  }

  /// All columns of the patches of a group.
  PatchBlock block(std::int64_t channels, std::int64_t group, std::int64_t first, std::int64_t count) const {
    const auto width = channels / groups_;
    return {first, count, channels, group * width, width, 0, windows_->taps() * width};
  }

  Factor result_;
  SharedWindows windows_;
  std::int64_t groups_;
};

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
  return apply_all(std::make_shared<const Convolution>(factor_y, std::move(windows), options.groups),
                   {x, as_matrix(weights)})[0];
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

Tensor transposed_convolution(const Tensor& y, const Tensor& weights, std::int64_t groups, SharedWindows windows) {
  if (groups == 1 && is_pointwise(*windows)) return dot(y, transpose(as_matrix(weights)));
  return apply_all(std::make_shared<const Convolution>(factor_x, std::move(windows), groups),
                   {as_matrix(weights), y})[0];
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
