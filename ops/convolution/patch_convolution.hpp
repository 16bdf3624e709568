#pragma once

#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/backends/gemm.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/patches.hpp>

#include <cstdint>

namespace xgrad {

/// Convolution and its derivative for x by products of matrices; see `convolution_derivative`. Patches of x are
/// gathered, or scattered, a part at a time between products, and never stand in memory as a whole. The second output
/// of the kernel's arguments is the room for that.
class PatchConvolution {
 public:
  PatchConvolution(const Windows& windows, const ConvolutionSizes& sizes)
      : windows_(windows), groups_(sizes.groups), channels_(sizes.channels), filters_(sizes.filters) {}

  /// Numbers of room for each row of the result.
  std::int64_t room_columns() const;

  /// `result` is y or x. For float and double.
  template <class T>
  void run(ConvolutionFactor result, const KernelArguments& at) const;

 private:
  template <class T>
  void output(const KernelArguments& at) const;
  template <class T>
  void input(const KernelArguments& at) const;

  std::int64_t weight_rows() const { return channels_ / groups_ * windows_.taps(); }
  std::int64_t part_of(std::int64_t windows, const ArrayView& room) const;
  template <class T>
  MatrixView<T> columns_of_group(T* data, std::int64_t group, std::int64_t first, std::int64_t count) const;
  PatchBlock block(std::int64_t group, std::int64_t first, std::int64_t count) const;

  const Windows& windows_;
  std::int64_t groups_;
  std::int64_t channels_;
  std::int64_t filters_;
};

}  // namespace xgrad
