#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/fold.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/patches.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/running.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/unfold.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

using SharedWindows = std::shared_ptr<const Windows>;

/// unfold and fold, each the rule of the other. Where an element can be under many taps, output 1 of fold is memory for
/// `PlacedSums`.
class Patches final : public Op {
 public:
  Patches(bool folds, SharedWindows windows) : folds_(folds), windows_(std::move(windows)) {}

  std::string_view name() const override { return folds_ ? "fold" : "unfold"; }
  std::string attributes() const override { return windows_->to_string(); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& [dtype, shape] = inputs[0];
    const Dim last = shape[shape.rank() - 1];
    const Dim taps = windows_->taps();
    if (folds_) {
      const auto elements = windows_->elements_shape(shape[0], *last.divided_by(taps));
      if (!has_many_taps()) return {{dtype, elements}};
      return {{dtype, elements}, {DType::float64, elements}};
    }
    return {{dtype, windows_->positions_shape(shape[0], last * taps)}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    visit(at.outputs[0].dtype, [&]<class T>() {
      const auto& elements = folds_ ? at.outputs[0] : at.inputs[0];
      const auto& patches = folds_ ? at.inputs[0] : at.outputs[0];
      const auto channels = elements.shape.back();
      const PatchBlock all{
          0, elements.shape[0] * windows_->positions(), channels, 0, channels, 0, patches.shape.back()};
      if constexpr (std::is_floating_point_v<T>) {
        if (folds_) {
          const auto count = element_count(elements.shape);
          std::fill_n(elements.as<T>(), count, T(0));
          if (has_many_taps()) {
            const PlacedSums<T> sums(elements.as<T>(), at.outputs[1].as<double>());
            sums.start(0, count);
            scatter_add_patches(*windows_, all, patches.as<T>(), sums);
            sums.finish(0, count);
          } else {
            scatter_add_patches(*windows_, all, patches.as<T>(), elements.as<T>());
          }
        } else {
          gather_patches(*windows_, all, elements.as<T>(), patches.as<T>());
        }
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return apply_all(std::make_shared<const Patches>(!folds_, windows_), {at.cotangent()})[0];
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return std::vector{0}; }

  double cost(std::span<const Extents>) const override {
    return folds_ ? 2 * static_cast<double>(windows_->taps() * windows_->positions()) /
                        static_cast<double>(windows_->elements())
                  : 1;
  }
  double operations(std::span<const Extents> inputs) const override { return folds_ ? cost(inputs) / 2 : 0; }

 private:
  bool has_many_taps() const { return windows_->taps() >= fold_lanes; }

  bool folds_;
  SharedWindows windows_;
};

}  // namespace

Tensor unfold(const Tensor& x, const WindowSizes& size, const WindowOptions& options) {
  expect_floating("unfold", x.dtype());
  auto windows = std::make_shared<const Windows>(windows_over("unfold", x.shape(), size, options));
  return apply(std::make_shared<const Patches>(false, std::move(windows)), {x});
}

Tensor fold(const Tensor& patches, const WindowSizes& spatial, const WindowSizes& size, const WindowOptions& options) {
  expect_floating("fold", patches.dtype());
  const auto rank = window_sizes("fold", patches.shape()).size();
  const auto sizes = spatial.along("fold", "spatial", rank);
  const auto window = size.along("fold", "size", rank);
  const auto operands = fmt::format("elements {} and windows {}", to_string(sizes), to_string(window));
  auto windows = std::make_shared<const Windows>(moving_windows("fold", operands, sizes, window, options));
  const auto channels = patches.shape()[rank + 1].divided_by(windows->taps());
  if (!channels || !(patches.shape() == windows->positions_shape(patches.shape()[0], *channels * windows->taps()))) {
    throw ShapeError(
        fmt::format("fold: expected patches of shape {}, what unfold makes of {}, but got {}; give it the "
                    "sizes and options that the patches were made with",
                    windows->positions_shape(patches.shape()[0], Dim::symbol("c") * windows->taps()).to_string(),
                    operands, patches.shape().to_string()));
  }
  return apply_all(std::make_shared<const Patches>(true, std::move(windows)), {patches})[0];
}

namespace {

/// A window over x, and how tests are told of it.
struct Case {
  std::string label;
  Extents x;
  std::vector<std::int64_t> size;
  WindowOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"two axes", {2, 3, 3, 1}, {2, 2}},
      {"strides and channels", {1, 5, 3, 2}, {2, 1}, {.strides = {3, 2}}, {{"strides", {3, 2}}}},
      {"padding", {2, 3, 1, 2}, {3, 1}, {.padding = {1, 0}}, {{"before", {1, 0}}, {"after", {1, 0}}}},
      {"same", {1, 4, 3, 1}, {2, 2}, {.strides = 2, .padding = "same"}, {{"strides", {2, 2}}, {"after", {0, 1}}}},
      {"dilation", {1, 4, 3, 2}, {2, 2}, {.dilation = {3, 2}}, {{"dilation", {3, 2}}}},
      {"one axis, padding after", {2, 4, 2}, {3}, {.padding = {{0, 1}}}, {{"after", {1}}}},
      {"three axes", {1, 2, 3, 2, 1}, {2, 2, 1}, {.padding = {0, 0, 1}}, {{"before", {0, 0, 1}}, {"after", {0, 0, 1}}}},
      {"more padding than elements", {2, 1, 2}, {3}, {.padding = 3}, {{"before", {3}}, {"after", {3}}}},
      {"one element", {1, 1, 1, 1}, {1, 1}},
      {"no samples", {0, 3, 3, 2}, {2, 2}},
      {"no channels", {2, 3, 0}, {2}},
  };
  return all;
}

std::vector<Sample> samples(bool folds) {
  std::vector<Sample> result;
  for (const auto& [label, x, size, options, arguments] : cases()) {
    auto all = arguments;
    all["size"] = {size.begin(), size.end()};
    const WindowSizes window(size);
    if (folds) {
      const WindowSizes spatial(std::vector(x.begin() + 1, x.end() - 1));
      all["spatial"] = {x.begin() + 1, x.end() - 1};
      const auto patches = unfold(input(Shape(x)), window, options).shape().extents();
      result.push_back({label,
                        {sample_values(patches)},
                        [=, options = options](auto inputs) { return fold(inputs[0], spatial, window, options); },
                        std::move(all)});
    } else {
      result.push_back({label,
                        {sample_values(x)},
                        [=, options = options](auto inputs) { return unfold(inputs[0], window, options); },
                        std::move(all)});
    }
  }
  return result;
}

}  // namespace

static const Register registered_unfold{{
    .name = "unfold",
    .family = OperatorFamily::neural,
    .signature = "unfold(x, size, {strides = 1, padding = \"valid\", dilation = 1})",
    .summary = "The patches under a moving window, as rows of a matrix: im2col.",
    .formula = "result[n, o, (k, c)] = x[n, o * stride + k * dilation - before, c], 0 on padding",
    .gradient = "fold(c, sizes of x, size, options)",
    .shapes = "x (n, spatial..., c) of one to three spatial axes: (n, positions..., taps * c)",
    .samples = [] { return samples(false); },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"a window larger than x",
               [] {
                 unfold(input({batch, 4, 3, 1}), {2, 5});
               },
               "unfold: x (batch, 4, 3, 1) and windows (2, 5) do not fit: along axis 2 a window spans 5 elements, but "
               "there are 3, padding included"},
              {"more padding than window",
               [] {
                 unfold(input({2, 4, 1}), 2, {.padding = {{0, 3}}});
               },
               "along axis 1 there are 0 elements of padding before and 3 after, more than the 2 that a window spans"},
              {"strides of another count",
               [] {
                 unfold(input({2, 4, 4, 1}), 2, {.strides = {1, 2, 3}});
               },
               "unfold: expected strides for each of 2 axes, but got 3 of them, 1, 2, 3"},
              {"stride 0",
               [] {
                 unfold(input({2, 4, 1}), 2, {.strides = 0});
               },
               "unfold: expected strides of 1 or more, but got 0"},
              {"negative padding",
               [] {
                 unfold(input({2, 4, 1}), 2, {.padding = -1});
               },
               "unfold: expected padding of 0 or more, but got -1 before and -1 after"},
              {"padding of an unknown name",
               [] {
                 unfold(input({2, 4, 1}), 2, {.padding = "full"});
               },
               "padding: expected \"valid\", \"same\" or numbers, but got \"full\""},
              {"a symbol to move along",
               [] {
                 unfold(input({2, batch, 1}), 2);
               },
               "unfold: expected sizes to be numbers along the axes that a window moves along, but axis 1 of shape (2, "
               "batch, 1) is batch"},
              {"no axis to move along",
               [] {
                 unfold(input({2, 4}), 2);
               },
               "unfold: expected x to have samples first, one to three axes for a window to move along"},
              {"integers",
               [] {
                 unfold(input({2, 4, 1}, {}, DType::int32), 2);
               },
               "unfold: expected float32 or float64, but got int32"},
          };
        },
}};

static const Register registered_fold{{
    .name = "fold",
    .family = OperatorFamily::neural,
    .signature = "fold(patches, spatial, size, {strides = 1, padding = \"valid\", dilation = 1})",
    .summary = "Patches added up where they overlap: col2im, the transpose of unfold.",
    .formula =
        "result[n, i, c] = sum of patches[n, o, (k, c)] over o and k with o * stride + k * dilation - before = i",
    .gradient = "unfold(c, size, options)",
    .shapes = "patches (n, positions..., taps * c) of one to three spatial axes: (n, spatial..., c)",
    .samples = [] { return samples(true); },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"patches of other windows",
               [] {
                 fold(input({batch, 3, 3, 8}), {4, 5}, {2, 2});
               },
               "fold: expected patches of shape (batch, 3, 4, 4*c), what unfold makes of elements (4, 5) and windows "
               "(2, 2), but got (batch, 3, 3, 8)"},
              {"taps that do not divide the channels",
               [] {
                 fold(input({batch, 3, 3}), 4, 2);
               },
               "but got (batch, 3, 3)"},
              {"a window larger than the result",
               [] {
                 fold(input({2, 3, 2}), 1, 2);
               },
               "fold: elements (1,) and windows (2,) do not fit: along axis 1 a window spans 2 elements, but there are "
               "1"},
              {"integers",
               [] {
                 fold(input({2, 3, 2}, {}, DType::int32), 4, 2);
               },
               "fold: expected float32 or float64, but got int32"},
          };
        },
}};

}  // namespace xgrad
