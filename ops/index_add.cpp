#include <xgrad/framework/autodiff/sparse_term.hpp>
#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/fold.hpp>
#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/running.hpp>
#include <xgrad/framework/core/visit_integer.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/index_add.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/take.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace xgrad {
namespace {

/// With many indices, outputs 1 and 2 are memory for `PlacedSums` and for how often slices have been added to.
class IndexAdd final : public Op, public SparseTerm {
 public:
  explicit IndexAdd(std::size_t axis) : axis_(axis) {}

  std::string_view name() const override { return "index_add"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto expected = indexed_shape("index_add", inputs[0].shape, inputs[1], axis_);
    if (inputs[2].dtype != inputs[0].dtype) {
      throw DTypeError(fmt::format("index_add: expected values of {}, the dtype of x, but got {}; cast the values",
                                   to_string(inputs[0].dtype), to_string(inputs[2].dtype)));
    }
    if (!(inputs[2].shape == expected)) {
      throw ShapeError(
          fmt::format("index_add: expected values of shape {}, that of take(x, indices, {}), but got {}; broadcast or "
                      "reshape the values",
                      expected.to_string(), axis_, inputs[2].shape.to_string()));
    }
    const auto& [dtype, shape] = inputs[0];
    if (!is_floating(dtype)) return {inputs[0]};
    const auto slices = shape.begin() + static_cast<std::ptrdiff_t>(axis_) + 1;
    return {inputs[0], {DType::float64, shape}, {DType::uint8, Shape(std::vector<Dim>(shape.begin(), slices))}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& indices = arguments.inputs[1];
    visit(arguments.inputs[0].dtype, [&]<class T>() {
      visit_integer(indices.dtype,
                    [&]<class Index>() { scatter<T>(arguments, indices.as<Index>(), element_count(indices.shape)); });
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    if (index == 0) return at.cotangent();
    return take(at.cotangent(), at.input(1), static_cast<std::int64_t>(axis_));
  }

  // What was added to zeros along one axis by indices of one dtype is added at once: indices and values in a row.
  std::vector<Tensor> merged(std::span<const Tensor> terms) const override {
    std::vector<Tensor> result;
    std::map<Key, std::vector<Tensor>> groups;
    for (const auto& term : terms) {
      const auto inputs = term.node().inputs();
      const auto count = inputs[1].shape().size();
      if (is_constant_zero(inputs[0])) {
        const auto axis = static_cast<const IndexAdd&>(term.node().op()).axis_;
        groups[{axis, inputs[1].dtype(), count.is_known() ? "known" : count.to_string()}].push_back(term);
      } else {
        result.push_back(term);
      }
    }
    for (const auto& [key, group] : groups) {
      result.push_back(group.size() == 1 ? group[0] : added_at_once(group, std::get<std::size_t>(key)));
    }
    return result;
  }

  // Rows are independent as long as the indices choose inside of them.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    if (axis_ == 0) return std::nullopt;
    return std::vector{0, whole, 0};
  }

 private:
  using Key = std::tuple<std::size_t, DType, std::string>;  // axis, dtype of the indices, and how many there are

  static Tensor added_at_once(const std::vector<Tensor>& terms, std::size_t axis) {
    std::vector<Tensor> indices;
    std::vector<Tensor> values;
    for (const auto& term : terms) {
      const auto inputs = term.node().inputs();
      const Dim count = inputs[1].shape().size();
      Shape shape = inputs[0].shape();
      shape[axis] = count;
      indices.push_back(reshape(inputs[1], {count}));
      values.push_back(reshape(inputs[2], shape));
    }
    const auto along = static_cast<std::int64_t>(axis);
    return index_add(terms[0].node().inputs()[0], concatenate(indices), concatenate(values, along), along);
  }

  template <class T, class Index>
  void scatter(const KernelArguments& arguments, const Index* indices, std::int64_t count) const {
    const auto& x = arguments.inputs[0];
    const IndexedAxis around(x.shape, axis_);
    const auto* values = arguments.inputs[2].as<T>();
    auto* output = arguments.outputs[0].as<T>();
    std::copy_n(x.as<T>(), element_count(x.shape), output);
    if constexpr (std::is_floating_point_v<T>) {
      if (count >= many) return add_slices<T>(arguments, indices, count, around);
    }
    for (std::int64_t outer = 0; outer < around.outer; ++outer, output += around.size * around.inner) {
      for (std::int64_t i = 0; i < count; ++i, values += around.inner) {
        const auto index = checked_index("index_add", static_cast<std::int64_t>(indices[i]), around.size);
        auto* sum = output + index * around.inner;
        for (std::int64_t k = 0; k < around.inner; ++k) {
          if constexpr (std::is_same_v<T, bool>) {
            sum[k] = sum[k] || values[k];
          } else {
            sum[k] = static_cast<T>(sum[k] + values[k]);
          }
        }
      }
    }
  }

  template <class T, class Index>
  static void add_slices(const KernelArguments& arguments, const Index* indices, std::int64_t count,
                         const IndexedAxis& around) {
    const auto* values = arguments.inputs[2].as<T>();
    auto* uses = arguments.outputs[2].as<std::uint8_t>();  // 2 stands for more as well
    auto* output = arguments.outputs[0].as<T>();
    const PlacedSums<T> sums(output, arguments.outputs[1].as<double>());
    std::fill_n(uses, around.outer * around.size, std::uint8_t{0});
    for (std::int64_t outer = 0; outer < around.outer; ++outer) {
      const auto first = outer * around.size;
      for (std::int64_t i = 0; i < count; ++i, values += around.inner) {
        const auto slice = first + checked_index("index_add", static_cast<std::int64_t>(indices[i]), around.size);
        const auto place = slice * around.inner;
        if (uses[slice] == 0) {  // most slices of a large table have no other
          for (std::int64_t k = 0; k < around.inner; ++k) output[place + k] += values[k];
          uses[slice] = 1;
          continue;
        }
        if (uses[slice] == 1) {
          sums.start(place, around.inner);
          uses[slice] = 2;
        }
        if (around.inner == 1) {
          sums.add(place, *values);
        } else {
          sums.add(place, values, around.inner);
        }
      }
      for (auto slice = first; slice < first + around.size; ++slice) {
        if (uses[slice] == 2) sums.finish(slice * around.inner, around.inner);
      }
    }
  }

  static constexpr auto many = fold_lanes;  // fewer are added one after the other, as by every sum

  std::size_t axis_;
};

}  // namespace

Tensor index_add(const Tensor& x, const Tensor& indices, const Tensor& values, std::int64_t axis) {
  const auto position = normalize_axis("index_add", axis, x.rank());
  return apply_all(std::make_shared<const IndexAdd>(position), {x, indices, values})[0];
}

static const Register registered_index_add{{
    .name = "index_add",
    .family = OperatorFamily::indexing,
    .signature = "index_add(x, indices, values, axis = 0)",
    .summary = "x with values added at the indices along an axis; an index that comes twice adds twice.",
    .formula = "result[a, k, b] = x[a, k, b] + sum over i with indices[i] = k of values[a, i, b]",
    .gradient = "c for x, take(c, indices, axis) for the values; none for the indices",
    .shapes = "x (a..., n, b...), indices (i...), values (a..., i..., b...): the shape of x",
}};

}  // namespace xgrad
