#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/sparse_term.hpp>
#include <xgrad/framework/autodiff/stacked.hpp>
#include <xgrad/framework/core/op.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

namespace xgrad {
namespace {

/// How one tensor lies among `count`: in `runs` pieces of `run_bytes` bytes, each `count` pieces behind the last.
struct Pieces {
  Pieces(const ArrayView& tensor, StackedAxes side) {
    const auto elements = element_count(tensor.shape);
    const auto element_bytes = static_cast<std::int64_t>(size_of(tensor.dtype));
    runs = side == StackedAxes::leading ? 1 : elements;
    run_bytes = side == StackedAxes::leading ? elements * element_bytes : element_bytes;
  }

  /// Bytes before the first piece of the tensor at `index`.
  std::int64_t offset(std::size_t index) const { return static_cast<std::int64_t>(index) * run_bytes; }

  std::int64_t runs;
  std::int64_t run_bytes;
};

Attributes attributes_of(const Extents& axes, StackedAxes side) {
  return {{"sizes", axes}, {"leading", side == StackedAxes::leading}};
}

Attributes attributes_of(const Extents& axes, StackedAxes side, std::size_t index) {
  return attributes_of(axes, side).with({{"index", index}});
}

void copy_pieces(const Pieces& pieces, const std::byte* from, std::int64_t from_step, std::byte* to,
                 std::int64_t to_step) {
  for (std::int64_t run = 0; run < pieces.runs; ++run, from += from_step, to += to_step) {
    std::memcpy(to, from, static_cast<std::size_t>(pieces.run_bytes));
  }
}

class Stacked final : public Op {
 public:
  Stacked(Extents axes, StackedAxes side) : axes_(std::move(axes)), side_(side) {}

  std::string_view name() const override { return "stacked"; }
  std::optional<Attributes> attributes() const override { return attributes_of(axes_, side_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    std::vector<Dim> dims(inputs[0].shape.begin(), inputs[0].shape.end());
    dims.insert(side_ == StackedAxes::leading ? dims.begin() : dims.end(), axes_.begin(), axes_.end());
    return {{inputs[0].dtype, Shape(dims)}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto count = static_cast<std::int64_t>(arguments.inputs.size());
    const Pieces pieces(arguments.inputs[0], side_);
    std::byte* to = arguments.outputs[0].data;
    for (const auto& input : arguments.inputs) {
      copy_pieces(pieces, input.data, pieces.run_bytes, to, count * pieces.run_bytes);
      to += side_ == StackedAxes::leading ? pieces.runs * pieces.run_bytes : pieces.run_bytes;
    }
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    return part_of_stacked(at.cotangent(), axes_, side_, index);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (side_ == StackedAxes::leading || inputs[0].shape.rank() == 0) return std::nullopt;
    return std::vector<int>(inputs.size(), 0);
  }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  Extents axes_;
  StackedAxes side_;
};

/// One part where it belongs among the others, which are zeros.
class PlacedInStack final : public Op, public SparseTerm {
 public:
  PlacedInStack(Extents axes, StackedAxes side, std::size_t index)
      : axes_(std::move(axes)), side_(side), index_(index) {}

  std::string_view name() const override { return "placed_in_stack"; }
  std::optional<Attributes> attributes() const override { return attributes_of(axes_, side_, index_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return Stacked(axes_, side_).infer(inputs);
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& part = arguments.inputs[0];
    const Pieces pieces(part, side_);
    const auto count = element_count(axes_);
    std::byte* all = arguments.outputs[0].data;
    std::memset(all, 0, static_cast<std::size_t>(count * pieces.runs * pieces.run_bytes));
    copy_pieces(pieces, part.data, pieces.run_bytes, all + pieces.offset(index_), count * pieces.run_bytes);
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return part_of_stacked(at.cotangent(), axes_, side_, index_);
  }

  std::vector<Tensor> merged(std::span<const Tensor> terms) const override {
    std::map<std::pair<Extents, StackedAxes>, std::vector<std::optional<Tensor>>> stacks;
    for (const auto& term : terms) {
      const auto& placed = static_cast<const PlacedInStack&>(term.node().op());
      auto& parts = stacks[{placed.axes_, placed.side_}];
      parts.resize(static_cast<std::size_t>(element_count(placed.axes_)));
      auto& part = parts[placed.index_];
      const auto& input = term.node().inputs()[0];
      part = part ? add(*part, input) : input;
    }
    std::vector<Tensor> result;
    for (const auto& [where, parts] : stacks) {
      const auto some = std::find_if(parts.begin(), parts.end(), [](const auto& part) { return part.has_value(); });
      const auto zeros = zeros_like(**some);
      std::vector<Tensor> all;
      for (const auto& part : parts) all.push_back(part.value_or(zeros));
      result.push_back(stacked(all, where.first, where.second));
    }
    return result;
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return Stacked(axes_, side_).row_axes(inputs);
  }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  Extents axes_;
  StackedAxes side_;
  std::size_t index_;
};

class PartOfStacked final : public Op {
 public:
  PartOfStacked(Extents axes, StackedAxes side, std::size_t index)
      : axes_(std::move(axes)), side_(side), index_(index) {}

  std::string_view name() const override { return "part_of_stacked"; }
  std::optional<Attributes> attributes() const override { return attributes_of(axes_, side_, index_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& dims = inputs[0].shape.dims();
    const auto count = static_cast<std::ptrdiff_t>(axes_.size());
    const auto first = side_ == StackedAxes::leading ? dims.begin() + count : dims.begin();
    const auto last = side_ == StackedAxes::leading ? dims.end() : dims.end() - count;
    return {{inputs[0].dtype, Shape(std::vector<Dim>(first, last))}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const Pieces pieces(arguments.outputs[0], side_);
    copy_pieces(pieces, arguments.inputs[0].data + pieces.offset(index_), element_count(axes_) * pieces.run_bytes,
                arguments.outputs[0].data, pieces.run_bytes);
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return apply(std::make_shared<const PlacedInStack>(axes_, side_, index_), {at.cotangent()});
  }

  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    const auto* all = dynamic_cast<const Stacked*>(&inputs[0].node().op());
    if (!all || !are_same(*all, Stacked(axes_, side_))) return std::nullopt;
    return inputs[0].node().inputs()[index_];
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (side_ == StackedAxes::leading || inputs[0].shape.rank() == axes_.size()) return std::nullopt;
    return std::vector{0};
  }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  Extents axes_;
  StackedAxes side_;
  std::size_t index_;
};

}  // namespace

Tensor stacked(std::span<const Tensor> tensors, const Extents& axes, StackedAxes side) {
  return apply(std::make_shared<const Stacked>(axes, side), {tensors.begin(), tensors.end()});
}

Tensor part_of_stacked(const Tensor& all, const Extents& axes, StackedAxes side, std::size_t index) {
  return apply(std::make_shared<const PartOfStacked>(axes, side, index), {all});
}

}  // namespace xgrad
