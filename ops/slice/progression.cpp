#include <xgrad/framework/autodiff/sparse_term.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/strided_copy.hpp>
#include <xgrad/framework/core/visit_size.hpp>
#include <xgrad/ops/slice/progression.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <set>

namespace xgrad {
namespace {

using Places = std::vector<Progression>;

Attributes attributes_of(const Places& places) {
  Extents starts, steps;
  std::vector<Dim> counts;
  for (const auto& [start, step, count] : places) {
    starts.push_back(start);
    steps.push_back(step);
    counts.push_back(count);
  }
  return {{"starts", starts}, {"steps", steps}, {"counts", Shape(counts)}};
}

Shape shape_of(const Places& places) {
  std::vector<Dim> dims;
  for (const auto& axis : places) dims.push_back(axis.count);
  return Shape(dims);
}

bool has_elements(const ArrayView& array) {
  return std::find(array.shape.begin(), array.shape.end(), 0) == array.shape.end();
}

enum class Direction { to_part, to_array, added_to_array };

/// Copies the elements at the places in `array`, those of axis 0 from the place `first_row` on, to the dense `part`, or
/// copies or adds those of the part to them.
void copy_places(const ArrayView& array, const ArrayView& part, const Places& places, std::int64_t first_row,
                 Direction direction) {
  if (!has_elements(part)) return;
  std::array<StridedLoop, max_rank> axes;
  std::int64_t offset = 0;
  std::int64_t array_stride = 1;
  std::int64_t part_stride = 1;
  for (std::size_t axis = places.size(); axis-- > 0;) {
    const auto [start, step, count] = places[axis];
    const auto first = (start < 0 ? start + array.shape[axis] : start) + (axis == 0 ? first_row * step : 0);
    offset += first * array_stride;
    axes[axis] = {part.shape[axis], step * array_stride, part_stride};
    if (direction != Direction::to_part) std::swap(axes[axis].input_stride, axes[axis].output_stride);
    array_stride *= array.shape[axis];
    part_stride *= part.shape[axis];
  }
  StridedLoops loops;
  for (std::size_t axis = 0; axis < places.size(); ++axis) loops.add(axes[axis]);
  if (direction == Direction::added_to_array) {
    return visit(array.dtype, [&]<class T>() { add_strided<T>(part.as<T>(), array.as<T>() + offset, loops.span()); });
  }
  visit_size(array.dtype, [&]<class T>() {
    if (direction == Direction::to_part) {
      copy_strided<T>(array.as<T>() + offset, part.as<T>(), loops.span());
    } else {
      copy_strided<T>(part.as<T>(), array.as<T>() + offset, loops.span());
    }
  });
}

class Slice final : public Op {
 public:
  Slice(Places places, bool keeps_rows) : places_(std::move(places)), keeps_rows_(keeps_rows) {}

  std::string_view name() const override { return "slice"; }
  std::optional<Attributes> attributes() const override { return attributes_of(places_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, shape_of(places_)}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    copy_places(arguments.inputs[0], arguments.outputs[0], places_, keeps_rows_ ? 0 : arguments.first_row,
                Direction::to_part);
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return place_progressions(at.cotangent(), at.input().shape(), places_);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return std::vector{keeps_rows_ ? 0 : whole};
  }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  Places places_;
  bool keeps_rows_;
};

/// The sum of several parts, each with its places in one array: what many slices of an array hand back to it.
class PlacedParts final : public Op {
 public:
  PlacedParts(Shape shape, std::vector<Places> parts) : shape_(std::move(shape)), parts_(std::move(parts)) {
    compare_parts();
  }

  std::string_view name() const override { return "placed_parts"; }
  std::optional<Attributes> attributes() const override {
    Attributes result{{"shape", shape_}};
    for (const auto& places : parts_) {
      for (const auto& attribute : attributes_of(places)) result.push_back(attribute);
    }
    return result;
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, shape_}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& result = arguments.outputs[0];
    if (!covers_) std::fill_n(result.data, element_count(result.shape) * size_of(result.dtype), std::byte{0});
    const auto direction = overlaps_ ? Direction::added_to_array : Direction::to_array;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      copy_places(result, arguments.inputs[part], parts_[part], 0, direction);
    }
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    return gather_progressions(at.cotangent(), parts_[index]);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    const auto whole_rows = Progression::all(shape_[0]);
    const auto has_whole_rows = [&](const Places& places) { return places[0] == whole_rows; };
    if (!std::all_of(parts_.begin(), parts_.end(), has_whole_rows)) return std::nullopt;
    return std::vector<int>(inputs.size(), 0);
  }

  double cost(std::span<const Extents>) const override { return 2; }
  double operations(std::span<const Extents>) const override { return 0; }

 private:
  // Parts along one axis of a known size that do not meet are copied, and zeros are written only where parts leave
  // gaps. All others are added to zeros: to compare each with each would take longer.
  void compare_parts() {
    std::set<std::size_t> axes;
    for (const auto& places : parts_) {
      for (std::size_t axis = 0; axis < places.size(); ++axis) {
        if (!(places[axis] == Progression::all(shape_[axis]))) axes.insert(axis);
      }
    }
    if (axes.size() != 1 || !shape_[*axes.begin()].is_known()) return;
    const auto axis = *axes.begin();
    std::vector<bool> taken(static_cast<std::size_t>(shape_[axis].value()));
    for (const auto& places : parts_) {
      auto [place, step, count] = places[axis];
      if (place < 0) place += shape_[axis].value();
      for (auto left = count.value(); left > 0; --left, place += step) {
        if (taken[static_cast<std::size_t>(place)]) return;
        taken[static_cast<std::size_t>(place)] = true;
      }
    }
    overlaps_ = false;
    covers_ = std::find(taken.begin(), taken.end(), false) == taken.end();
  }

  Shape shape_;
  std::vector<Places> parts_;
  bool overlaps_ = true;
  bool covers_ = false;
};

class Pad final : public Op, public SparseTerm {
 public:
  Pad(Shape shape, Places places, Number fill) : shape_(std::move(shape)), places_(std::move(places)), fill_(fill) {}

  std::string_view name() const override { return "pad"; }
  std::optional<Attributes> attributes() const override {
    return attributes_of(places_).with({{"shape", shape_}, {"fill", fill_}});
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, shape_}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& result = arguments.outputs[0];
    // As the integers that elements are copied as.
    visit(result.dtype, [&]<class T>() {
      using Bits = IntegerOfSize<T>;
      std::fill_n(result.as<Bits>(), element_count(result.shape), std::bit_cast<Bits>(fill_.as<T>()));
    });
    copy_places(result, arguments.inputs[0], places_, 0, Direction::to_array);
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return gather_progressions(at.cotangent(), places_);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    if (!(places_[0] == Progression::all(shape_[0]))) return std::nullopt;
    return std::vector{0};
  }

  std::vector<Tensor> merged(std::span<const Tensor> terms) const override {
    std::vector<Tensor> result;
    std::vector<Tensor> values;
    std::vector<Places> parts;
    for (const auto& term : terms) {
      const auto& pad = static_cast<const Pad&>(term.node().op());
      if (pad.fill_.as<double>() == 0) {
        values.push_back(term.node().inputs()[0]);
        parts.push_back(pad.places_);
      } else {
        result.push_back(term);
      }
    }
    if (!values.empty()) result.push_back(place_parts(std::move(values), shape_, std::move(parts)));
    return result;
  }

  double cost(std::span<const Extents>) const override { return 2; }
  double operations(std::span<const Extents>) const override { return 0; }

 private:
  static Tensor place_parts(std::vector<Tensor> values, const Shape& shape, std::vector<Places> parts) {
    if (parts.size() == 1) return place_progressions(values[0], shape, std::move(parts[0]));
    return apply(std::make_shared<const PlacedParts>(shape, std::move(parts)), std::move(values));
  }

  Shape shape_;
  Places places_;
  Number fill_;
};

bool is_everything(const Shape& shape, const Places& places) {
  for (std::size_t axis = 0; axis < places.size(); ++axis) {
    if (!(places[axis] == Progression::all(shape[axis]))) return false;
  }
  return true;
}

}  // namespace

Tensor gather_progressions(const Tensor& x, std::vector<Progression> places) {
  if (is_everything(x.shape(), places)) return x;
  const bool keeps_rows = places[0] == Progression::all(x.shape()[0]);
  return apply(std::make_shared<const Slice>(std::move(places), keeps_rows), {x});
}

Tensor place_progressions(const Tensor& values, Shape shape, std::vector<Progression> places, Number fill) {
  if (is_everything(shape, places)) return values;
  return apply(std::make_shared<const Pad>(std::move(shape), std::move(places), fill), {values});
}

}  // namespace xgrad
