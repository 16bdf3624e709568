#include <xgrad/ops/convolution/depthwise_convolution.hpp>

#include <algorithm>

namespace xgrad {

bool is_depthwise(const ConvolutionSizes& sizes) {
  return sizes.channels == sizes.groups && sizes.filters == sizes.groups;
}

template <class T>
void depthwise_convolution(ConvolutionFactor result, const Windows& windows, const KernelArguments& at) {
  using enum ConvolutionFactor;
  const auto left = static_cast<std::size_t>(result == x ? weights : x);
  const auto right = static_cast<std::size_t>(result == y ? weights : y);
  const auto& output = at.outputs[0];
  const auto channels = output.shape.back();
  const auto first_tap = result == weights ? at.first_row : 0;
  const auto taps_here = result == weights ? output.shape[0] : windows.taps();
  const auto samples = at.inputs[result == x ? 1 : 0].shape[0];
  std::fill_n(output.as<T>(), element_count(output.shape), T(0));
  windows.for_each_run(0, samples * windows.positions(), [&](const WindowRun& run) {
    for (std::int64_t i = 0; i < run.taps; ++i) {
      const auto row = run.tap + i - first_tap;
      if (row < 0 || row >= taps_here) continue;
      const std::int64_t rows[] = {run.element + i * windows.step(), row, run.window};  // of x, weights and y
      const T* some = at.inputs[0].as<T>() + rows[left] * channels;
      const T* others = at.inputs[1].as<T>() + rows[right] * channels;
      T* sums = output.as<T>() + rows[static_cast<std::size_t>(result)] * channels;
      for (std::int64_t channel = 0; channel < channels; ++channel) sums[channel] += some[channel] * others[channel];
    }
  });
}

template void depthwise_convolution<float>(ConvolutionFactor, const Windows&, const KernelArguments&);
template void depthwise_convolution<double>(ConvolutionFactor, const Windows&, const KernelArguments&);

}  // namespace xgrad
