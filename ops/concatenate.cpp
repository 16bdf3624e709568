#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_size.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/slice/progression.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace xgrad {
namespace {

/// Along an axis whose sizes are known.
class Concatenate final : public Op {
 public:
  explicit Concatenate(std::size_t axis) : axis_(axis) {}

  std::string_view name() const override { return "concatenate"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    TensorType result = inputs[0];
    std::int64_t size = 0;
    for (const auto& input : inputs) size += input.shape[axis_].value();
    result.shape[axis_] = size;
    return {result};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& result = arguments.outputs[0];
    const IndexedAxis around(result.shape, axis_);
    const auto stride = around.size * around.inner;
    visit_size(result.dtype, [&]<class T>() {
      T* first = result.as<T>();
      for (const auto& input : arguments.inputs) {
        const auto count = input.shape[axis_] * around.inner;
        for (std::int64_t outer = 0; outer < around.outer; ++outer) {
          std::copy_n(input.as<T>() + outer * count, count, first + outer * stride);
        }
        first += count;
      }
    });
  }

  // All at once: each part begins where the one before it ends.
  std::vector<std::optional<Tensor>> vjps(const Vjp& at, const std::vector<bool>& wanted) const override {
    std::vector<std::optional<Tensor>> cotangents(wanted.size());
    std::int64_t start = 0;
    for (std::size_t index = 0; index < wanted.size(); ++index) {
      const auto& shape = at.input(index).shape();
      if (wanted[index]) {
        std::vector<Progression> places;
        for (const Dim size : shape) places.push_back(Progression::all(size));
        places[axis_].start = start;
        cotangents[index] = gather_progressions(at.cotangent(), std::move(places));
      }
      start += shape[axis_].value();
    }
    return cotangents;
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (axis_ == 0) return std::nullopt;
    return std::vector<int>(inputs.size(), 0);
  }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  std::size_t axis_;
};

void check(std::string_view where, const std::vector<Tensor>& tensors) {
  if (tensors.empty()) throw ValueError(fmt::format("{}: expected at least one tensor, but got none", where));
  for (const auto& tensor : tensors) {
    if (tensor.dtype() == tensors[0].dtype()) continue;
    throw DTypeError(fmt::format("{}: expected tensors of one dtype, but got {} and {}; cast one of them", where,
                                 to_string(tensors[0].dtype()), to_string(tensor.dtype())));
  }
}

/// `shape` with one axis split in two.
Shape with_split_axis(const Shape& shape, std::size_t axis, Dim outer, Dim inner) {
  std::vector<Dim> dims = shape.dims();
  dims[axis] = outer;
  dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(axis) + 1, inner);
  return Shape(dims);
}

/// Sizes that hold symbols are multiples of one of them: there are as many times as many elements of that size.
Tensor concatenate_multiples(const std::vector<Tensor>& tensors, std::size_t axis) {
  const auto size = [=](const Tensor& tensor) { return tensor.shape()[axis]; };
  const auto divides_all = [&](const Tensor& unit) {
    return std::all_of(tensors.begin(), tensors.end(), [&](const Tensor& tensor) {
      const auto multiple = size(tensor).divided_by(size(unit));
      return multiple && multiple->is_known();
    });
  };
  const auto unit = std::find_if(tensors.begin(), tensors.end(), divides_all);
  if (unit == tensors.end()) {
    std::string sizes;
    for (const auto& tensor : tensors) sizes += (sizes.empty() ? "" : " + ") + size(tensor).to_string();
    throw ShapeError(
        fmt::format("concatenate: no size can stand for {} along axis {} before a function is called; give "
                    "the axis numbers, or sizes that are multiples of one",
                    sizes, axis));
  }
  std::vector<Tensor> multiples;
  for (const auto& tensor : tensors) {
    multiples.push_back(
        reshape(tensor, with_split_axis(tensor.shape(), axis, *size(tensor).divided_by(size(*unit)), size(*unit))));
  }
  const Tensor result = concatenate(multiples, static_cast<std::int64_t>(axis));
  Shape shape = tensors[0].shape();
  shape[axis] = result.shape()[axis] * size(*unit);
  return reshape(result, shape);
}

}  // namespace

Tensor concatenate(const std::vector<Tensor>& tensors, std::int64_t axis) {
  check("concatenate", tensors);
  const auto along = normalize_axis("concatenate", axis, tensors[0].rank());
  bool is_known = true;
  for (const auto& tensor : tensors) {
    bool fits = tensor.rank() == tensors[0].rank();
    for (std::size_t other = 0; fits && other < tensor.rank(); ++other) {
      fits = other == along || tensor.shape()[other] == tensors[0].shape()[other];
    }
    if (!fits) {
      throw ShapeError(
          fmt::format("concatenate: expected shapes that are equal but for axis {}, but got {} and {}; "
                      "slice, pad or reshape one of them",
                      along, tensors[0].shape().to_string(), tensor.shape().to_string()));
    }
    is_known = is_known && tensor.shape()[along].is_known();
  }
  if (tensors.size() == 1) return tensors[0];
  if (!is_known) return concatenate_multiples(tensors, along);
  return apply(std::make_shared<const Concatenate>(along), tensors);
}

Tensor stack(const std::vector<Tensor>& tensors, std::int64_t axis) {
  check("stack", tensors);
  normalize_axis("stack", axis, tensors[0].rank() + 1);
  std::vector<Tensor> expanded;
  for (const auto& tensor : tensors) {
    if (!(tensor.shape() == tensors[0].shape())) {
      throw ShapeError(
          fmt::format("stack: expected tensors of one shape, but got {} and {}; broadcast or slice one of "
                      "them",
                      tensors[0].shape().to_string(), tensor.shape().to_string()));
    }
    expanded.push_back(expand_dims(tensor, axis));
  }
  return concatenate(expanded, axis);
}

static const Register registered_concatenate{{
    .name = "concatenate",
    .family = OperatorFamily::shape,
    .signature = "concatenate({x, ...}, axis = 0)",
    .summary = "Tensors one after the other along an axis.",
    .formula = "result[i] = x[i] for i < n, y[i - n] beyond, and so on",
    .gradient = "the slice of c that the tensor went to",
    .shapes = "x (n, ...), y (m, ...): (n + m, ...)",
}};

static const Register registered_stack{{
    .name = "stack",
    .family = OperatorFamily::shape,
    .signature = "stack({x, ...}, axis = 0)",
    .summary = "Tensors of one shape along a new axis.",
    .formula = "result[i, j] = x_i[j]",
    .gradient = "c at the tensor's place along the axis",
    .shapes = "k tensors (n, m): (k, n, m), or k in the place asked for",
}};

}  // namespace xgrad
