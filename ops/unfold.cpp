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
  std::optional<Attributes> attributes() const override { return windows_->attributes(); }

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

static const Register registered_unfold{{
    .name = "unfold",
    .family = OperatorFamily::neural,
    .signature = "unfold(x, size, {strides = 1, padding = \"valid\", dilation = 1})",
    .summary = "The patches under a moving window, as rows of a matrix: im2col.",
    .formula = "result[n, o, (k, c)] = x[n, o * stride + k * dilation - before, c], 0 on padding",
    .gradient = "fold(c, sizes of x, size, options)",
    .shapes = "x (n, spatial..., c) of one to three spatial axes: (n, positions..., taps * c)",
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
}};

}  // namespace xgrad
