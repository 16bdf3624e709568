#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/backends/one_openmp_thread.hpp>
#include <xgrad/framework/core/error.hpp>

#include <dnnl.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>

namespace xgrad {
namespace {

using Dims = dnnl::memory::dims;
using Layout = dnnl::memory::desc;

dnnl::engine& engine() {
  static dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
  return cpu;
}

/// Sizes as oneDNN wants them: it has its fast paths for two axes and more, channels before them, and counts dilation
/// from 0.
struct Geometry {
  explicit Geometry(const ConvolutionSizes& sizes) {
    const auto& all = sizes.axes;
    const bool has_planes = all[0] != WindowMotion{1, 1, 1, 1, 1, 0};
    Dims elements, positions, taps;
    for (std::size_t i = has_planes ? 0 : 1; i < all.size(); ++i) {
      const auto& axis = all[i];
      elements.push_back(axis.size);
      positions.push_back(axis.count);
      taps.push_back(axis.taps);
      strides.push_back(axis.stride);
      dilation.push_back(axis.dilation - 1);
      before.push_back(axis.before);
      const auto covered = (axis.count - 1) * axis.stride + axis.extent();
      after.push_back(std::max<std::int64_t>(covered - axis.size - axis.before, 0));
    }
    x = channels_last(sizes.samples, elements, sizes.channels);
    y = channels_last(sizes.samples, positions, sizes.filters);
    const auto channels = sizes.channels / sizes.groups;
    const auto filters = sizes.filters / sizes.groups;
    Dims shape{sizes.groups, filters, channels};
    Dims steps{filters, 1, sizes.filters};
    if (sizes.groups == 1) {
      shape.erase(shape.begin());
      steps.erase(steps.begin());
    }
    append_axes(taps, channels * sizes.filters, shape, steps);
    weights = Layout(shape, dnnl::memory::data_type::f32, steps);
    arranged_weights = Layout(shape, dnnl::memory::data_type::f32, dnnl::memory::format_tag::any);
  }

  Layout x, y, weights, arranged_weights;
  Dims strides, dilation, before, after;

 private:
  /// Row-major axes, of which the last takes steps of `step`.
  static void append_axes(const Dims& axes, std::int64_t step, Dims& shape, Dims& steps) {
    shape.insert(shape.end(), axes.begin(), axes.end());
    Dims outer(axes.size());
    for (std::size_t i = axes.size(); i-- > 0; step *= axes[i]) outer[i] = step;
    steps.insert(steps.end(), outer.begin(), outer.end());
  }

  static Layout channels_last(std::int64_t samples, const Dims& axes, std::int64_t channels) {
    Dims shape{samples, channels};
    auto sample = channels;
    for (auto size : axes) sample *= size;
    Dims steps{sample, 1};
    append_axes(axes, channels, shape, steps);
    return Layout(shape, dnnl::memory::data_type::f32, steps);
  }
};

/// A convolution made ready for its sizes, and weights in the order in which oneDNN is fast. For one thread.
class Prepared {
 public:
  Prepared(ConvolutionFactor result, const ConvolutionSizes& sizes) : result_(result), stream_(engine()) {
    const Geometry at(sizes);
    const auto algorithm = dnnl::algorithm::convolution_direct;
    const dnnl::convolution_forward::primitive_desc forward(
        {dnnl::prop_kind::forward_training, algorithm, at.x, at.arranged_weights, at.y, at.strides, at.dilation,
         at.before, at.after},
        engine());
    Layout arranged;
    if (result == ConvolutionFactor::y) {
      convolution_ = dnnl::convolution_forward(forward);
      arranged = forward.weights_desc();
      names_ = {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST};
    } else if (result == ConvolutionFactor::x) {
      const dnnl::convolution_backward_data::primitive_desc backward(
          {algorithm, at.x, at.arranged_weights, at.y, at.strides, at.dilation, at.before, at.after}, engine(),
          forward);
      convolution_ = dnnl::convolution_backward_data(backward);
      arranged = backward.weights_desc();
      names_ = {DNNL_ARG_DIFF_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_DST};
    } else {
      const dnnl::convolution_backward_weights::primitive_desc backward(
          {algorithm, at.x, at.arranged_weights, at.y, at.strides, at.dilation, at.before, at.after}, engine(),
          forward);
      convolution_ = dnnl::convolution_backward_weights(backward);
      arranged = backward.diff_weights_desc();
      names_ = {DNNL_ARG_SRC, DNNL_ARG_DIFF_WEIGHTS, DNNL_ARG_DIFF_DST};
    }
    factors_ = {view(at.x), view(at.weights), view(at.y)};
    for (std::size_t i = 0; i < factors_.size(); ++i) arguments_.emplace(names_[i], factors_[i]);
    if (arranged == at.weights) return;
    const auto& plain = factors_[weights];
    const dnnl::memory own(arranged, engine());
    arguments_.at(names_[weights]) = own;
    const bool is_result = result == ConvolutionFactor::weights;
    const auto& from = is_result ? own : plain;
    const auto& to = is_result ? plain : own;
    arrangement_ = dnnl::reorder(from, to);
    arrangement_arguments_ = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  }

  void run(const float* left, const float* right, float* output) {
    const auto result = static_cast<std::size_t>(result_);
    const float* const inputs[] = {left, right};
    for (std::size_t i = 0, input = 0; i < factors_.size(); ++i) {
      factors_[i].set_data_handle(i == result ? output : const_cast<float*>(inputs[input++]));
    }
    const auto arrange = [&] {
      if (arrangement_) arrangement_.execute(stream_, arrangement_arguments_);
    };
    if (result != weights) arrange();
    convolution_.execute(stream_, arguments_);
    if (result == weights) arrange();
    stream_.wait();
  }

 private:
  static constexpr auto weights = static_cast<std::size_t>(ConvolutionFactor::weights);

  /// A place that is told in each run.
  static dnnl::memory view(const Layout& layout) { return dnnl::memory(layout, engine(), nullptr); }

  ConvolutionFactor result_;
  dnnl::stream stream_;
  dnnl::primitive convolution_;
  dnnl::primitive arrangement_;
  std::array<int, 3> names_{};
  std::array<dnnl::memory, 3> factors_;
  std::unordered_map<int, dnnl::memory> arguments_;
  std::unordered_map<int, dnnl::memory> arrangement_arguments_;
};

void convolve(ConvolutionFactor result, const ConvolutionSizes& sizes, const float* left, const float* right,
              float* output) {
  // Of each thread its own, without a lock; code is generated once, oneDNN sees to that.
  constexpr std::size_t most_prepared = 256;
  thread_local std::map<std::pair<ConvolutionFactor, ConvolutionSizes>, Prepared> prepared;
  const OneOpenMpThread one_thread;
  const std::pair key(result, sizes);
  try {
    auto found = prepared.find(key);
    if (found == prepared.end()) {
      if (prepared.size() == most_prepared) prepared.clear();
      found = prepared.try_emplace(key, result, sizes).first;
    }
    found->second.run(left, right, output);
  } catch (const dnnl::error& error) {
    if (error.status != dnnl_out_of_memory) {
      throw Error(fmt::format("conv: oneDNN failed: {}; configure with -DXGRAD_CONVOLUTION=ordered", error.what()));
    }
    throw MemoryError(fmt::format("conv: oneDNN has no memory for {} sample(s) of {} channels; use a smaller batch",
                                  sizes.samples, sizes.channels));
  }
}

bool suits_machine() {
  constexpr auto wanted = static_cast<unsigned>(dnnl::cpu_isa::avx512_core);  // a bit for each set of instructions
  return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & wanted) == wanted;
}

}  // namespace

const ConvolutionBackend onednn_convolution_backend{"oneDNN", suits_machine, convolve};

}  // namespace xgrad
