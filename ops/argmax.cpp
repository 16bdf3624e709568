#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/argmax.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/reshape.hpp>

#include <algorithm>
#include <array>
#include <type_traits>

namespace xgrad {
namespace {

/// argmax and argmin; the axis stays with size 1.
class ExtremumIndex final : public Op {
 public:
  ExtremumIndex(bool largest, std::size_t axis) : largest_(largest), axis_(axis) {}

  std::string_view name() const override { return largest_ ? "argmax" : "argmin"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    Shape shape = inputs[0].shape;
    shape[axis_] = 1;
    return {{DType::int64, std::move(shape)}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    auto* result = arguments.outputs[0].as<std::int64_t>();
    const IndexedAxis around(input.shape, axis_);
    visit(input.dtype, [&]<class T>() {
      const auto find_all = [&]<bool largest>() {
        const T* values = input.as<T>();
        if (around.inner == 1) {
          first_best<largest>(values, around.outer, around.size, around.size, 1, result);
        } else {
          for (std::int64_t outer = 0; outer < around.outer; ++outer) {
            first_best<largest>(values + outer * around.size * around.inner, around.inner, 1, around.size, around.inner,
                                result + outer * around.inner);
          }
        }
      };
      largest_ ? find_all.template operator()<true>() : find_all.template operator()<false>();
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents> inputs) const override { return 4 * static_cast<double>(inputs[0][axis_]); }

 private:
  // Of each of `rows` rows, `row_stride` elements apart, of `count` elements that are `stride` apart. Sixteen rows at a
  // time fill vector registers, and without branches, because where the best lies is what nobody can predict.
  template <bool largest, class T>
  static void first_best(const T* values, std::int64_t rows, std::int64_t row_stride, std::int64_t count,
                         std::int64_t stride, std::int64_t* result) {
    if (count == 0) {  // along a symbol
      std::fill_n(result, rows, 0);
      return;
    }
    using Number = std::conditional_t<sizeof(T) == 1, std::int32_t, T>;  // wide enough for an index
    using Numbers [[gnu::vector_size(rows_abreast * sizeof(Number))]] = Number;
    for (std::int64_t first = 0; first < rows; first += rows_abreast) {
      const auto present = std::min(rows_abreast, rows - first);
      std::array<const T*, rows_abreast> row;
      for (std::int64_t lane = 0; lane < rows_abreast; ++lane) {
        row[lane] = values + (first + std::min(lane, present - 1)) * row_stride;
      }
      Numbers best;
      for (std::int64_t lane = 0; lane < rows_abreast; ++lane) best[lane] = row[lane][0];
      auto position = best != best;
      auto index = position = position ^ position;
      for (std::int64_t i = 1; i < count; ++i) {
        index += 1;
        Numbers value;
        for (std::int64_t lane = 0; lane < rows_abreast; ++lane) value[lane] = row[lane][i * stride];
        // The second half: the first that is not a number beats all, and nothing beats it.
        const auto replaces = (largest ? value > best : value < best) | ((value != value) & (best == best));
        position = replaces ? index : position;
        best = replaces ? value : best;
      }
      for (std::int64_t lane = 0; lane < present; ++lane) result[first + lane] = position[lane];
    }
  }

  bool largest_;
  std::size_t axis_;
};

Tensor extremum_index(bool largest, const Tensor& x, std::optional<std::int64_t> axis, bool keepdims) {
  const std::string_view name = largest ? "argmax" : "argmin";
  const auto find = [&](const Tensor& line, std::int64_t along) {
    return apply(std::make_shared<const ExtremumIndex>(largest, nonempty_axes(name, line, along).front()), {line});
  };
  if (!axis) return reshape(find(reshape(x, {infer_dim}), 0), Shape(std::vector<Dim>(keepdims ? x.rank() : 0, 1)));
  const auto result = find(x, *axis);
  return keepdims ? result : squeeze(result, *axis);
}

}  // namespace

Tensor argmax(const Tensor& x, std::optional<std::int64_t> axis, bool keepdims) {
  return extremum_index(true, x, axis, keepdims);
}

Tensor argmin(const Tensor& x, std::optional<std::int64_t> axis, bool keepdims) {
  return extremum_index(false, x, axis, keepdims);
}

static const Register registered_argmax{{
    .name = "argmax",
    .family = OperatorFamily::reduction,
    .signature = "argmax(x, axis = all, keepdims = false)",
    .summary = "Index of the first largest element along an axis, or among all in row-major order.",
    .formula = "the first i of the largest x[i]",
    .gradient = "none: the result is an index",
    .shapes = "x (a..., n, b...): (a..., b...), or (a..., 1, b...) with keepdims",
}};
static const Register registered_argmin{{
    .name = "argmin",
    .family = OperatorFamily::reduction,
    .signature = "argmin(x, axis = all, keepdims = false)",
    .summary = "Index of the first smallest element along an axis, or among all in row-major order.",
    .formula = "the first i of the smallest x[i]",
    .gradient = "none: the result is an index",
    .shapes = "x (a..., n, b...): (a..., b...), or (a..., 1, b...) with keepdims",
}};

}  // namespace xgrad
