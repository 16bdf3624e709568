#include <xgrad/framework/backends/gemm_total.hpp>
#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/backends/thread_memory.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>
#include <xgrad/ops/convolution/depthwise_convolution.hpp>

#include <algorithm>
#include <tuple>

namespace xgrad {
namespace {

using enum ConvolutionFactor;
using ordered_gemm::chain_terms;
using ordered_gemm::Total;

/// A tag for `thread_memory`, which names a buffer of its own.
struct Chains;
struct Totals;

/// The rows that make one chain, as offsets into two arrays.
struct Terms {
  std::int64_t count = 0;
  std::int64_t left[chain_terms];
  std::int64_t right[chain_terms];
};

template <class Vector, int Vectors, class T>
void sum_columns(const Terms& terms, const T* left, const T* right, T* to) {
  constexpr auto lanes = static_cast<std::int64_t>(Vector::size);
  Vector sums[Vectors];
#pragma GCC unroll 4
  for (int i = 0; i < Vectors; ++i) sums[i] = Vector(T(0));
  for (std::int64_t term = 0; term < terms.count; ++term) {
    const T* some = left + terms.left[term];
    const T* others = right + terms.right[term];
#pragma GCC unroll 4
    for (int i = 0; i < Vectors; ++i) {
      sums[i] = elementary::lanes::multiply_add(Vector::load_unaligned(some + i * lanes),
                                                Vector::load_unaligned(others + i * lanes), sums[i]);
    }
  }
#pragma GCC unroll 4
  for (int i = 0; i < Vectors; ++i) sums[i].store_unaligned(to + i * lanes);
}

/// The chain of each channel.
template <class T>
void sum_chains(const Terms& terms, const T* left, const T* right, std::int64_t channels, T* to) {
  using Vector = xsimd::batch<T>;
  constexpr auto lanes = static_cast<std::int64_t>(Vector::size);
  std::int64_t channel = 0;
  for (; channel + 4 * lanes <= channels; channel += 4 * lanes) {
    sum_columns<Vector, 4>(terms, left + channel, right + channel, to + channel);
  }
  for (; channel + 2 * lanes <= channels; channel += 2 * lanes) {
    sum_columns<Vector, 2>(terms, left + channel, right + channel, to + channel);
  }
  for (; channel + lanes <= channels; channel += lanes) {
    sum_columns<Vector, 1>(terms, left + channel, right + channel, to + channel);
  }
  for (; channel < channels; ++channel) {
    T sum(0);
    for (std::int64_t term = 0; term < terms.count; ++term) {
      sum = elementary::lanes::multiply_add(left[terms.left[term] + channel], right[terms.right[term] + channel], sum);
    }
    to[channel] = sum;
  }
}

template <class T>
void add_to(Total<T>* totals, const T* chains, std::int64_t channels) {
  for (std::int64_t channel = 0; channel < channels; ++channel) totals[channel].add(chains[channel]);
}

template <class T>
void write(const Total<T>* totals, std::int64_t count, T* to) {
  for (std::int64_t i = 0; i < count; ++i) to[i] = totals[i].rounded();
}

}  // namespace

bool is_depthwise(const ConvolutionSizes& sizes) {
  return sizes.channels == sizes.groups && sizes.filters == sizes.groups;
}

DepthwiseConvolution::DepthwiseConvolution(ConvolutionFactor result, const ConvolutionSizes& sizes)
    : result_(result), channels_(sizes.channels), gradient_(sizes.axes, sizes.channels, 1) {
  if (result == ConvolutionFactor::weights) return;
  for (std::size_t axis = 0; axis < 3; ++axis) axes_[axis] = meetings_of(sizes.axes[axis], result == x);
}

DepthwiseConvolution::Axis DepthwiseConvolution::meetings_of(const WindowMotion& motion, bool by_element) {
  Axis axis{{}, {}, by_element ? motion.count : motion.size, motion.taps};
  for (std::int64_t index = 0; index < (by_element ? motion.size : motion.count); ++index) {
    for (std::int64_t tap = 0; tap < motion.taps; ++tap) {
      const auto shift = tap * motion.dilation - motion.before;
      auto other = by_element ? index - shift : index * motion.stride + shift;
      if (by_element) {
        if (other % motion.stride != 0) continue;
        other /= motion.stride;
      }
      if (other >= 0 && other < axis.others) axis.meetings.push_back({tap, other});
    }
    axis.ends.push_back(axis.meetings.size());
  }
  return axis;
}

template <class T>
void DepthwiseConvolution::run(const KernelArguments& at) const {
  if (result_ == ConvolutionFactor::weights) {
    weights<T>(at);
  } else {
    image<T>(at);
  }
}

/// y or x: for each window, or element, the taps that meet an element, or a window.
template <class T>
void DepthwiseConvolution::image(const KernelArguments& at) const {
  const auto& output = at.outputs[0];
  const T* others = at.inputs[result_ == x ? 1 : 0].as<T>();
  const T* weights = at.inputs[result_ == x ? 0 : 1].as<T>();
  const auto& [planes, lines, columns] = axes_;
  auto* chains = thread_memory<Chains, T>(channels_);
  auto* totals = thread_memory<Totals, Total<T>>(channels_);
  Terms terms;
  T* to = output.as<T>();
  const auto positions = planes.size() * lines.size();
  for (std::int64_t line = 0; line < output.shape[0] * positions; ++line) {
    const auto sample = line / positions * planes.others;
    const auto over_planes = planes.at(line / lines.size() % planes.size());
    const auto over_lines = lines.at(line % lines.size());
    for (std::int64_t column = 0; column < columns.size(); ++column, to += channels_) {
      bool is_long = false;
      terms.count = 0;
      for (const auto& plane : over_planes) {
        for (const auto& row : over_lines) {
          const auto other_line = ((sample + plane.other) * lines.others + row.other) * columns.others;
          const auto tap_line = (plane.tap * lines.taps + row.tap) * columns.taps;
          for (const auto& meeting : columns.at(column)) {
            if (terms.count == chain_terms) {
              if (!is_long) std::fill_n(totals, channels_, Total<T>{});
              is_long = true;
              sum_chains(terms, others, weights, channels_, chains);
              add_to(totals, chains, channels_);
              terms.count = 0;
            }
            const auto index = static_cast<std::size_t>(terms.count++);
            terms.left[index] = (other_line + meeting.other) * channels_;
            terms.right[index] = (tap_line + meeting.tap) * channels_;
          }
        }
      }
      sum_chains(terms, others, weights, channels_, is_long ? chains : to);
      if (!is_long) continue;
      add_to(totals, chains, channels_);
      write(totals, channels_, to);
    }
  }
}

template <class T>
void DepthwiseConvolution::weights(const KernelArguments& at) const {
  const auto& [x, y, result] = std::tie(at.inputs[0], at.inputs[1], at.outputs[0]);
  const auto taps = result.shape[0];
  const auto windows = element_count(y.shape) / channels_;
  auto* chains = thread_memory<Chains, T>(channels_);
  auto* totals = thread_memory<Totals, Total<T>>(taps * channels_);
  std::fill_n(totals, taps * channels_, Total<T>{});
  Terms terms;
  for (std::int64_t first = 0; first < windows; first += chain_terms) {
    const auto count = std::min(chain_terms, windows - first);
    for (std::int64_t tap = 0; tap < taps; ++tap) {
      terms.count = gradient_.list_terms(at.first_row + tap, first, count, terms.left, terms.right);
      for (std::int64_t i = 0; i < terms.count; ++i) terms.right[i] *= channels_;
      sum_chains(terms, x.as<T>(), y.as<T>() + first * channels_, channels_, chains);
      add_to(totals + tap * channels_, chains, channels_);
    }
  }
  write(totals, taps * channels_, result.as<T>());
}

template void DepthwiseConvolution::run<float>(const KernelArguments&) const;
template void DepthwiseConvolution::run<double>(const KernelArguments&) const;

}  // namespace xgrad
