#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/backends/thread_memory.hpp>
#include <xgrad/framework/backends/window_gradient.hpp>
#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/long_rows.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/convolution/convolution_op.hpp>
#include <xgrad/ops/convolution/depthwise_convolution.hpp>
#include <xgrad/ops/convolution/patch_convolution.hpp>
#include <xgrad/ops/convolution/window_convolution.hpp>

#include <algorithm>
#include <tuple>

namespace xgrad {
namespace {

using enum ConvolutionFactor;

/// What is the same whoever computes it.
class Convolution : public Op {
 public:
  Convolution(ConvolutionFactor result, std::shared_ptr<const Windows> windows, ConvolutionSizes sizes)
      : result_(result), windows_(std::move(windows)), sizes_(sizes) {}

  std::string_view name() const override {
    constexpr std::string_view names[] = {"convolution_input", "convolution_weights", "convolution"};
    return names[static_cast<std::size_t>(result_)];
  }
  std::optional<Attributes> attributes() const override {
    return windows_->attributes().with(
        {{"channels", sizes_.channels}, {"filters", sizes_.filters}, {"groups", sizes_.groups}});
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, result_shape(inputs[result_ == x ? 1 : 0].shape[0])}};
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    std::vector<Tensor> factors(at.inputs.begin(), at.inputs.end());
    const auto result = static_cast<std::size_t>(result_);
    factors.insert(factors.begin() + static_cast<std::ptrdiff_t>(result), at.cotangents[0]);
    const auto asked = index < result ? index : index + 1;
    factors.erase(factors.begin() + static_cast<std::ptrdiff_t>(asked));
    return convolution_derivative(static_cast<ConvolutionFactor>(asked), windows_, sizes_.groups, factors[0],
                                  factors[1]);
  }

  double cost(std::span<const Extents> inputs) const override { return 0.4 * terms(inputs); }
  double operations(std::span<const Extents> inputs) const override { return 2 * terms(inputs); }

 protected:
  Shape result_shape(const Dim& samples) const {
    if (result_ == x) return windows_->elements_shape(samples, sizes_.channels);
    if (result_ == y) return windows_->positions_shape(samples, sizes_.filters);
    return {sizes_.channels / sizes_.groups * windows_->taps(), sizes_.filters};
  }

  /// Terms that one element of the result sums up.
  double terms(std::span<const Extents> inputs) const {
    const auto positions = static_cast<double>(windows_->positions());
    if (result_ == weights) return static_cast<double>(inputs[0][0]) * positions;
    const auto taps = static_cast<double>(windows_->taps());
    if (result_ == y) return taps * static_cast<double>(sizes_.channels / sizes_.groups);
    const auto filters = static_cast<double>(sizes_.filters / sizes_.groups);
    return taps * filters * positions / static_cast<double>(windows_->elements());
  }

  ConvolutionFactor result_;
  std::shared_ptr<const Windows> windows_;
  ConvolutionSizes sizes_;  ///< for no samples
};

/// Where the weights are among the two factors that are given.
constexpr std::size_t weights_index(ConvolutionFactor result) { return result == x ? 0 : 1; }

/// A tag for `thread_memory`, which names a buffer of its own.
struct PackedWeights;

/// (panels, elements of a panel) of the weights as WindowConvolution reads them; each panel is a task.
class PackWeights final : public LongRows {
 public:
  PackWeights(Attributes attributes, std::shared_ptr<const WindowConvolution> convolution)
      : attributes_(std::move(attributes)), convolution_(std::move(convolution)) {}

  std::string_view name() const override { return "pack_convolution_weights"; }
  std::optional<Attributes> attributes() const override { return attributes_; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    Shape shape;
    visit_floating(inputs[0].dtype, [&]<class T>() {
      shape = Shape{convolution_->panels<T>(), convolution_->panel_elements<T>()};
    });
    return {{inputs[0].dtype, shape}};
  }

  bool packs_input() const override { return true; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    visit_floating(at.outputs[0].dtype, [&]<class T>() {
      convolution_->pack(at.inputs[0].as<T>(), at.first_row, at.first_row + at.outputs[0].shape[0],
                         at.outputs[0].as<T>());
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return std::vector{whole, whole};
  }
  double cost(std::span<const Extents>) const override { return 2.5; }

 private:
  Attributes attributes_;
  std::shared_ptr<const WindowConvolution> convolution_;
};

/// For y or x, from weights that PackWeights made.
class PackedConvolution final : public Convolution {
 public:
  PackedConvolution(const Convolution& convolution, std::shared_ptr<const WindowConvolution> product)
      : Convolution(convolution), product_(std::move(product)) {}

  std::string_view name() const override { return result_ == x ? "convolution_input_packed" : "convolution_packed"; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    const auto& packed = at.inputs[weights_index(result_)];
    const auto& image = at.inputs[1 - weights_index(result_)];
    visit_floating(at.outputs[0].dtype, [&]<class T>() {
      product_->run(image.as<T>(), image.shape[0], packed.as<T>(), at.outputs[0].as<T>());
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return result_ == x ? std::vector{whole, 0} : std::vector{0, whole};
  }

 private:
  std::shared_ptr<const WindowConvolution> product_;
};

/// The gradient of weights, (parts, rows, filters): of as many parts of the samples, each a task that reads its part
/// once.
class GradientOfParts final : public LongRows {
 public:
  GradientOfParts(std::int64_t parts, const Attributes& attributes, const Shape& result, std::int64_t windows,
                  const ordered_gemm::WindowGradient& gradient)
      : parts_(parts),
        attributes_(attributes.with({{"parts", parts}})),
        rows_(result[0].value()),
        filters_(result[1].value()),
        windows_(windows),
        gradient_(gradient) {}

  std::string_view name() const override { return "convolution_weights_of_parts"; }
  std::optional<Attributes> attributes() const override { return attributes_; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, {parts_, rows_, filters_}}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    const auto& [left, right, result] = std::tie(at.inputs[0], at.inputs[1], at.outputs[0]);
    const auto samples = left.shape[0];
    visit_floating(result.dtype, [&]<class T>() {
      for (std::int64_t row = 0; row < result.shape[0]; ++row) {
        const auto part = at.first_row + row;
        const auto begin = part * samples / parts_;
        const auto end = (part + 1) * samples / parts_;
        gradient_.run(left.template as<T>() + begin * element_count(left.shape.subspan(1)),
                      right.template as<T>() + begin * element_count(right.shape.subspan(1)), end - begin, filters_, 0,
                      rows_, result.template as<T>() + row * rows_ * filters_);
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return std::vector{whole, whole};
  }

  double cost(std::span<const Extents> inputs) const override { return 0.2 * operations(inputs); }
  double operations(std::span<const Extents> inputs) const override {
    return 2 * static_cast<double>(inputs[0][0] * windows_) / static_cast<double>(parts_);
  }

 private:
  std::int64_t parts_;
  Attributes attributes_;
  std::int64_t rows_;
  std::int64_t filters_;
  std::int64_t windows_;  ///< of a sample
  ordered_gemm::WindowGradient gradient_;
};

/// By our own means; where patches are gathered or scattered, output 1 is the room that they need.
class OwnConvolution final : public Convolution {
 public:
  OwnConvolution(ConvolutionFactor result, std::shared_ptr<const Windows> windows, ConvolutionSizes sizes)
      : Convolution(result, std::move(windows), sizes) {
    // It lists what each element or position meets.
    const auto is_listable = [](const WindowMotion& axis) {
      return std::max({axis.size, axis.count, axis.taps}) <= max_listed_numbers;
    };
    if (is_depthwise(sizes) && (result != weights || sizes.groups > 1) &&
        std::all_of(sizes.axes.begin(), sizes.axes.end(), is_listable)) {
      depthwise_.emplace(result, sizes);
    } else if (result == weights) {
      gradient_.emplace(sizes.axes, sizes.channels, sizes.channels / sizes.groups);
    } else if (WindowConvolution::suits(result, sizes)) {
      product_ = std::make_shared<const WindowConvolution>(result, sizes);
    }
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    auto types = Convolution::infer(inputs);
    if (product_ || gradient_ || depthwise_) return types;
    const Dim room = PatchConvolution(*windows_, sizes_).room_columns();
    types.push_back({types[0].dtype, {types[0].shape[0], room}});
    return types;
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    visit_floating(at.outputs[0].dtype, [&]<class T>() {
      if (product_) {
        T* packed = thread_memory<PackedWeights, T>(product_->panels<T>() * product_->panel_elements<T>());
        const auto& image = at.inputs[1 - weights_index(result_)];
        product_->pack(at.inputs[weights_index(result_)].as<T>(), 0, product_->panels<T>(), packed);
        product_->run(image.as<T>(), image.shape[0], packed, at.outputs[0].as<T>());
      } else if (gradient_) {
        gradient_->run(at.inputs[0].as<T>(), at.inputs[1].as<T>(), at.inputs[0].shape[0], sizes_.filters, at.first_row,
                       at.outputs[0].shape[0], at.outputs[0].as<T>());
      } else if (depthwise_) {
        depthwise_->run<T>(at);
      } else {
        PatchConvolution(*windows_, sizes_).run<T>(result_, at);
      }
    });
  }

  // Of a gradient of weights, rows that fill tiles; a small one gives work to a few threads still.
  std::int64_t least_block_rows() const override {
    if (result_ != weights) return 1;
    const auto rows = sizes_.channels / sizes_.groups * windows_->taps();
    return rows < 128 ? (rows + 3) / 4 : 32;
  }

  // Samples, or rows of the matrix of weights, which need all samples.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    if (result_ == weights) return std::vector{whole, whole};
    return result_ == x ? std::vector{whole, 0} : std::vector{0, whole};
  }

  // All rows of a part of the samples read it once; rows of a large gradient are tasks enough.
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    if (!gradient_) return std::nullopt;
    const auto shape = result_shape(0);
    auto parts = std::min(most_parts, most_numbers / shape.size().value());
    if (const auto& samples = inputs[0].shape()[0]; samples.is_known()) parts = std::min(parts, samples.value());
    if (parts < 2) return std::nullopt;
    const auto op =
        std::make_shared<const GradientOfParts>(parts, *attributes(), shape, windows_->positions(), *gradient_);
    return sum_to(apply(op, {inputs[0], inputs[1]}), shape);
  }

  std::optional<PackableInput> packable_input(std::span<const Tensor> inputs) const override {
    const auto index = weights_index(result_);
    if (!product_ || inputs[index].shape().size().value() < fewest_packed_elements) return std::nullopt;
    const auto pack = std::make_shared<const PackWeights>(attributes()->with({{"packed_for", name()}}), product_);
    return PackableInput{index, pack, inputs[1 - index].shape()[0]};
  }

  Tensor with_packed_input(std::span<const Tensor> inputs, const Tensor& packed, const Tensor&) const override {
    std::vector<Tensor> factors(inputs.begin(), inputs.end());
    factors[weights_index(result_)] = packed;
    return apply(std::make_shared<const PackedConvolution>(*this, product_), std::move(factors));
  }

 private:
  // From here on packing weights once for all blocks saves more than the join of threads that it takes.
  static constexpr std::int64_t fewest_packed_elements = 1 << 14;

  static constexpr std::int64_t most_parts = 16;
  static constexpr std::int64_t most_numbers = 1 << 20;  // in all parts of a gradient of weights

  std::shared_ptr<const WindowConvolution> product_;
  std::optional<ordered_gemm::WindowGradient> gradient_;
  std::optional<DepthwiseConvolution> depthwise_;
};

/// Some samples of factors by a library; the gradient of weights may have none to sum up.
void convolve(ConvolutionFactor result, ConvolutionSizes sizes, std::int64_t samples, const float* left,
              const float* right, const ArrayView& output) {
  sizes.samples = samples;
  if (samples == 0) {
    std::fill_n(output.as<float>(), element_count(output.shape), 0.0f);
  } else {
    convolution_backend()->convolve(result, sizes, left, right, output.as<float>());
  }
}

/// The gradient of weights by a library, (parts, rows, filters): of as many parts of the samples, each a task, which
/// are then added up in their order.
class WeightGradientParts final : public LongRows {
 public:
  WeightGradientParts(std::int64_t parts, std::shared_ptr<const Windows> windows, ConvolutionSizes sizes)
      : parts_(parts), windows_(std::move(windows)), sizes_(sizes) {}

  std::string_view name() const override { return "convolution_weights_parts"; }
  std::optional<Attributes> attributes() const override {
    return windows_->attributes().with({{"parts", parts_}, {"groups", sizes_.groups}});
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, {parts_, sizes_.channels / sizes_.groups * windows_->taps(), sizes_.filters}}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    const auto& left = at.inputs[0];
    const auto& right = at.inputs[1];
    const auto samples = left.shape[0];
    const auto& results = at.outputs[0];
    auto result = results;
    result.shape = results.shape.subspan(1);
    for (std::int64_t row = 0; row < results.shape[0]; ++row) {
      const auto part = at.first_row + row;
      const auto begin = part * samples / parts_;
      const auto end = (part + 1) * samples / parts_;
      result.data = results.data + row * element_count(result.shape) * static_cast<std::int64_t>(sizeof(float));
      convolve(weights, sizes_, end - begin, left.as<float>() + begin * element_count(left.shape.subspan(1)),
               right.as<float>() + begin * element_count(right.shape.subspan(1)), result);
    }
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return std::vector{whole, whole};
  }

  double cost(std::span<const Extents> inputs) const override { return 0.2 * operations(inputs); }
  double operations(std::span<const Extents> inputs) const override {
    return 2 * static_cast<double>(inputs[0][0] * windows_->positions()) / static_cast<double>(parts_);
  }

 private:
  std::int64_t parts_;
  std::shared_ptr<const Windows> windows_;
  ConvolutionSizes sizes_;
};

/// By a library.
class LibraryConvolution final : public Convolution {
 public:
  using Convolution::Convolution;

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    const auto samples = at.inputs[result_ == x ? 1 : 0].shape[0];
    convolve(result_, sizes_, samples, at.inputs[0].as<float>(), at.inputs[1].as<float>(), at.outputs[0]);
  }

  // Libraries give the gradient of weights as a whole: see `simplify`.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    if (result_ == weights) return std::nullopt;
    return result_ == x ? std::vector{whole, 0} : std::vector{0, whole};
  }

  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    if (result_ != weights || windows_->positions() < fewest_positions) return std::nullopt;
    const auto numbers = sizes_.channels / sizes_.groups * windows_->taps() * sizes_.filters;
    auto parts = std::min(most_parts, most_numbers / numbers);
    if (const auto& samples = inputs[0].shape()[0]; samples.is_known()) parts = std::min(parts, samples.value());
    if (parts < 2) return std::nullopt;
    return sum_to(apply(std::make_shared<const WeightGradientParts>(parts, windows_, sizes_), {inputs[0], inputs[1]}),
                  result_shape(0));
  }

 private:
  static constexpr std::int64_t most_parts = 8;
  static constexpr std::int64_t most_numbers = 1 << 22;  // in all parts of the gradient of weights
  static constexpr std::int64_t fewest_positions = 64;   // of a sample, for parts to pay off
};

/// True when a library computes it: where it is faster, and the sizes are such that it says the same as we do.
bool goes_to_library(ConvolutionFactor result, const Windows& windows, const ConvolutionSizes& sizes, DType dtype) {
  const auto leaves_no_window_out = [](const WindowMotion& axis) {
    return (axis.count - 1) * axis.stride + axis.extent() + axis.stride > axis.size + axis.before;
  };
  return convolution_backend() && dtype == DType::float32 && !windows.has_empty_window() &&
         std::all_of(sizes.axes.begin(), sizes.axes.end(), leaves_no_window_out) &&
         suits_convolution_backend(result, sizes);
}

}  // namespace

Tensor convolution_derivative(ConvolutionFactor result, std::shared_ptr<const Windows> windows, std::int64_t groups,
                              const Tensor& left, const Tensor& right) {
  const auto last = [](const Tensor& tensor) { return tensor.shape()[tensor.rank() - 1].value(); };
  ConvolutionSizes sizes{0, last(left), last(right), groups, windows->motion()};
  if (result == x) {
    sizes.channels = left.shape()[0].value() / windows->taps() * groups;
    sizes.filters = last(left);
  }
  std::shared_ptr<const Op> op;
  if (goes_to_library(result, *windows, sizes, left.dtype())) {
    op = std::make_shared<const LibraryConvolution>(result, std::move(windows), sizes);
  } else {
    op = std::make_shared<const OwnConvolution>(result, std::move(windows), sizes);
  }
  return apply_all(std::move(op), {left, right})[0];
}

}  // namespace xgrad
