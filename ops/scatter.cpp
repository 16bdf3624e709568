#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/sparse_term.hpp>
#include <xgrad/framework/core/along_axis.hpp>
#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/fold.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/running.hpp>
#include <xgrad/framework/core/visit_size.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/gather.hpp>
#include <xgrad/ops/scatter.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace xgrad {
namespace {

/// scatter and scatter_add. With many indices, output 1 is memory for `PlacedSums`.
class Scatter final : public AlongAxis, public SparseTerm {
 public:
  Scatter(bool adds, std::size_t axis) : AlongAxis(axis), adds_(adds) {}

  std::string_view name() const override { return adds_ ? "scatter_add" : "scatter"; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_indices(inputs);
    const auto& [dtype, shape] = inputs[0];
    if (!adds_ || !is_floating(dtype)) return {inputs[0]};
    return {inputs[0], {DType::float64, shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    if (!adds_) {
      return visit_size(x.dtype, [&]<class T>() {
        const T* values = arguments.inputs[2].as<T>();
        T* output = arguments.outputs[0].as<T>();
        std::copy_n(x.as<T>(), element_count(x.shape), output);
        for_each_chosen(arguments, [=](auto i, auto to) { output[to] = values[i]; });
      });
    }
    visit(x.dtype, [&]<class T>() {
      const T* values = arguments.inputs[2].as<T>();
      T* output = arguments.outputs[0].as<T>();
      std::copy_n(x.as<T>(), element_count(x.shape), output);
      if constexpr (std::is_floating_point_v<T>) {
        if (arguments.inputs[1].shape[static_cast<std::size_t>(axis())] >= many) {
          return add_all(arguments, values, output);
        }
      }
      if constexpr (!std::is_same_v<T, bool>) {
        for_each_chosen(arguments, [=](auto i, auto to) { output[to] = static_cast<T>(output[to] + values[i]); });
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const Tensor& indices = at.input(1);
    const Tensor& cotangent = at.cotangent();
    if (index == 2) return adds_ ? gather(cotangent, axis(), indices) : gather_last(cotangent, axis(), indices);
    return adds_ ? cotangent : scatter(cotangent, axis(), indices, scalar(0, cotangent.dtype()));
  }

  // What was added to zeros along one axis, at as many places beside it, is added at once: indices and values in a row.
  std::vector<Tensor> merged(std::span<const Tensor> terms) const override {
    std::vector<Tensor> result;
    std::map<std::pair<std::int64_t, std::string>, std::vector<Tensor>> groups;
    for (const auto& term : terms) {
      const auto inputs = term.node().inputs();
      const auto& self = static_cast<const Scatter&>(term.node().op());
      Shape beside = inputs[1].shape();
      const Dim count = beside[static_cast<std::size_t>(self.axis())];
      beside[static_cast<std::size_t>(self.axis())] = 1;
      if (self.adds_ && count.is_known() && is_constant_zero(inputs[0])) {
        groups[{self.axis(), TensorType{inputs[1].dtype(), beside}.to_string()}].push_back(term);
      } else {
        result.push_back(term);
      }
    }
    for (const auto& [key, group] : groups) {
      result.push_back(group.size() == 1 ? group[0] : added_at_once(group, key.first));
    }
    return result;
  }

 private:
  template <class T>
  void add_all(const KernelArguments& arguments, const T* values, T* output) const {
    const auto count = element_count(arguments.inputs[0].shape);
    const PlacedSums<T> sums(output, arguments.outputs[1].as<double>());
    sums.start(0, count);
    for_each_chosen(arguments, [=](auto i, auto to) { sums.add(to, values[i]); });
    sums.finish(0, count);
  }

  static constexpr auto many = fold_lanes;  // fewer are added one after the other, as by every sum

  static Tensor added_at_once(const std::vector<Tensor>& terms, std::int64_t axis) {
    std::vector<Tensor> indices;
    std::vector<Tensor> values;
    for (const auto& term : terms) {
      indices.push_back(term.node().inputs()[1]);
      values.push_back(term.node().inputs()[2]);
    }
    return scatter_add(terms[0].node().inputs()[0], axis, concatenate(indices, axis), concatenate(values, axis));
  }

  bool adds_;
};

/// The second output is memory for which index chose each element of x last.
class GatherLast final : public AlongAxis {
 public:
  using AlongAxis::AlongAxis;

  std::string_view name() const override { return "gather_last"; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_indices(inputs);
    return {{inputs[0].dtype, inputs[1].shape}, {DType::int64, inputs[0].shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    auto* last = arguments.outputs[1].as<std::int64_t>();
    for_each_chosen(arguments, [=](auto i, auto from) { last[from] = i; });
    visit_size(arguments.inputs[0].dtype, [&]<class T>() {
      const T* x = arguments.inputs[0].as<T>();
      T* output = arguments.outputs[0].as<T>();
      for_each_chosen(arguments, [=](auto i, auto from) { output[i] = last[from] == i ? x[from] : T(0); });
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return scatter(zeros_like(at.input(0)), axis(), at.input(1), at.cotangent());
  }
};

Tensor scattered(bool adds, const Tensor& x, std::int64_t axis, const Tensor& indices, const Tensor& values) {
  const std::string_view name = adds ? "scatter_add" : "scatter";
  const auto position = normalize_axis(name, axis, x.rank());
  if (values.dtype() != x.dtype()) {
    throw DTypeError(fmt::format("{}: expected values of {}, the dtype of x, but got {}; cast the values", name,
                                 to_string(x.dtype()), to_string(values.dtype())));
  }
  if (adds && x.dtype() == DType::boolean) {
    throw DTypeError("scatter_add: expected numbers, but got bool; cast x and the values to int32");
  }
  if (!broadcasts_to(values.shape(), indices.shape())) {
    throw ShapeError(fmt::format("{}: expected values that broadcast to the indices' shape {}, but got {}", name,
                                 indices.shape().to_string(), values.shape().to_string()));
  }
  return apply_all(std::make_shared<const Scatter>(adds, position),
                   {x, indices, broadcast_to(values, indices.shape())})[0];
}

}  // namespace

Tensor scatter(const Tensor& x, std::int64_t axis, const Tensor& indices, const Tensor& values) {
  return scattered(false, x, axis, indices, values);
}

Tensor scatter_add(const Tensor& x, std::int64_t axis, const Tensor& indices, const Tensor& values) {
  return scattered(true, x, axis, indices, values);
}

Tensor gather_last(const Tensor& x, std::int64_t axis, const Tensor& indices) {
  return apply_all(std::make_shared<const GatherLast>(normalize_axis("gather_last", axis, x.rank())), {x, indices})[0];
}

static const Register registered_scatter{{
    .name = "scatter",
    .family = OperatorFamily::indexing,
    .signature = "scatter(x, axis, indices, values)",
    .summary = "x with values written at the indices along an axis.",
    .formula = "result[a, indices[a, i, b], b] = values[a, i, b], the last where an index comes twice; else x",
    .gradient = "scatter(c, axis, indices, 0) for x, gather_last(c, axis, indices) for the values",
    .shapes = "x (a..., n, b...), indices (a..., m, b...) or smaller, values that broadcast to them: the shape of x",
}};

static const Register registered_scatter_add{{
    .name = "scatter_add",
    .family = OperatorFamily::indexing,
    .signature = "scatter_add(x, axis, indices, values)",
    .summary = "x with values added at the indices along an axis; an index that comes twice adds twice.",
    .formula = "result[a, k, b] = x[a, k, b] + sum over i with indices[a, i, b] = k of values[a, i, b]",
    .gradient = "c for x, gather(c, axis, indices) for the values",
    .shapes = "x (a..., n, b...), indices (a..., m, b...) or smaller, values that broadcast to them: the shape of x",
}};

static const Register registered_gather_last{{
    .name = "gather_last",
    .family = OperatorFamily::indexing,
    .signature = "gather_last(x, axis, indices)",
    .summary = "gather, with 0 for all but the last of the indices that choose the same element.",
    .formula = "result[a, i, b] = x[a, indices[a, i, b], b] unless the index comes again, then 0",
    .gradient = "scatter(zeros_like(x), axis, indices, c) for x; none for the indices",
    .shapes = "x (a..., n, b...), indices (a..., m, b...) or smaller: the shape of the indices",
}};

}  // namespace xgrad
