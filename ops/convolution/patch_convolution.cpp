#include <xgrad/ops/convolution/patch_convolution.hpp>

#include <algorithm>
#include <tuple>

namespace xgrad {
namespace {

constexpr std::int64_t part_numbers = 1 << 16;  // of patches at a time: what stays in the second-level cache
constexpr std::int64_t fewest_windows = 64;     // at a time, so that products pay off

}  // namespace

std::int64_t PatchConvolution::room_columns() const {
  return weight_rows() * std::min(windows_.positions(), fewest_windows);
}

template <class T>
void PatchConvolution::run(ConvolutionFactor result, const KernelArguments& at) const {
  if (result == ConvolutionFactor::x) {
    input<T>(at);
  } else {
    output<T>(at);
  }
}

template <class T>
void PatchConvolution::output(const KernelArguments& at) const {
  const auto& [x, weights, y, room] = std::tie(at.inputs[0], at.inputs[1], at.outputs[0], at.outputs[1]);
  const auto rows = weight_rows();
  const auto windows = y.shape[0] * windows_.positions();
  const auto part = part_of(windows, room);
  for (std::int64_t first = 0; first < windows; first += part) {
    const auto count = std::min(part, windows - first);
    for (std::int64_t group = 0; group < groups_; ++group) {
      gather_patches(windows_, block(group, first, count), x.as<T>(), room.as<T>());
      gemm(MatrixView<const T>{room.as<T>(), count, rows, rows},
           columns_of_group<const T>(weights.as<T>(), group, 0, rows),
           columns_of_group(y.as<T>(), group, first, count));
    }
  }
}

template <class T>
void PatchConvolution::input(const KernelArguments& at) const {
  const auto& [weights, y, x, room] = std::tie(at.inputs[0], at.inputs[1], at.outputs[0], at.outputs[1]);
  const auto rows = weight_rows();
  const auto windows = y.shape[0] * windows_.positions();
  const auto part = part_of(windows, room);
  std::fill_n(x.as<T>(), element_count(x.shape), T(0));
  for (std::int64_t first = 0; first < windows; first += part) {
    const auto count = std::min(part, windows - first);
    for (std::int64_t group = 0; group < groups_; ++group) {
      gemm(columns_of_group<const T>(y.as<T>(), group, first, count),
           columns_of_group<const T>(weights.as<T>(), group, 0, rows).transposed(),
           MatrixView<T>{room.as<T>(), count, rows, rows});
      scatter_add_patches(windows_, block(group, first, count), room.as<T>(), x.as<T>());
    }
  }
}

/// Windows that go through the room together: as few parts as fit, all alike.
std::int64_t PatchConvolution::part_of(std::int64_t windows, const ArrayView& room) const {
  const auto columns = weight_rows();
  const auto fitting = std::max(element_count(room.shape) / columns, std::int64_t{1});
  const auto most = std::min(std::max(part_numbers / columns, fewest_windows), fitting);
  const auto parts = (windows + most - 1) / most;
  return parts == 0 ? 1 : (windows + parts - 1) / parts;
}

/// The columns of a matrix of weights or of y that belong to a group, of `count` rows from row `first` on.
template <class T>
MatrixView<T> PatchConvolution::columns_of_group(T* data, std::int64_t group, std::int64_t first,
                                                 std::int64_t count) const {
  const auto width = filters_ / groups_;
  return {data + first * filters_ + group * width, count, width, filters_};
}

/// All columns of the patches of a group.
PatchBlock PatchConvolution::block(std::int64_t group, std::int64_t first, std::int64_t count) const {
  const auto width = channels_ / groups_;
  return {first, count, channels_, group * width, width, 0, weight_rows()};
}

template void PatchConvolution::run<float>(ConvolutionFactor, const KernelArguments&) const;
template void PatchConvolution::run<double>(ConvolutionFactor, const KernelArguments&) const;

}  // namespace xgrad
