#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/along_axis.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_size.hpp>
#include <xgrad/ops/gather.hpp>
#include <xgrad/ops/scatter.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

class Gather final : public AlongAxis {
 public:
  using AlongAxis::AlongAxis;

  std::string_view name() const override { return "gather"; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_indices(inputs);
    return {{inputs[0].dtype, inputs[1].shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit_size(arguments.inputs[0].dtype, [&]<class T>() {
      const T* x = arguments.inputs[0].as<T>();
      T* output = arguments.outputs[0].as<T>();
      for_each_chosen(arguments, [=](auto i, auto from) { output[i] = x[from]; });
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return scatter_add(zeros_like(at.input(0)), axis(), at.input(1), at.cotangent());
  }

  // Along axis 0 the rows of the result are chosen anywhere in x.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return axis() == 0 ? std::optional(std::vector{whole, 0}) : AlongAxis::row_axes(inputs);
  }
};

}  // namespace

Tensor gather(const Tensor& x, std::int64_t axis, const Tensor& indices) {
  return apply(std::make_shared<const Gather>(normalize_axis("gather", axis, x.rank())), {x, indices});
}

Tensor take_along_axis(const Tensor& x, const Tensor& indices, std::int64_t axis) {
  const auto position = normalize_axis("take_along_axis", axis, x.rank());
  if (indices.rank() != x.rank()) {
    throw ShapeError(fmt::format(
        "take_along_axis: expected indices with as many axes as x {}, but got {}; expand their shape with ones",
        x.shape().to_string(), indices.shape().to_string()));
  }
  Shape from = x.shape();
  Shape chosen = indices.shape();
  from[position] = chosen[position] = 1;
  from = chosen = broadcast("take_along_axis", from, chosen);
  from[position] = x.shape()[position];
  chosen[position] = indices.shape()[position];
  return gather(broadcast_to(x, from), axis, broadcast_to(indices, chosen));
}

static const Register registered_gather{{
    .name = "gather",
    .family = OperatorFamily::indexing,
    .signature = "gather(x, axis, indices)",
    .summary = "The elements of x at the indices along an axis, each from its own place in the other axes.",
    .formula = "result[a, i, b] = x[a, indices[a, i, b], b]",
    .gradient = "scatter_add(zeros_like(x), axis, indices, c) for x; none for the indices",
    .shapes = "x (a..., n, b...), indices (a..., m, b...) or smaller: the shape of the indices",
}};

static const Register registered_take_along_axis{{
    .name = "take_along_axis",
    .family = OperatorFamily::indexing,
    .signature = "take_along_axis(x, indices, axis)",
    .summary = "gather with NumPy's order of arguments, and with broadcasting in the other axes.",
    .formula = "result[a, i, b] = x[a, indices[a, i, b], b]",
    .gradient = "scatter_add(zeros_like(x), axis, indices, c) for x; none for the indices",
    .shapes = "x (a..., n, b...), indices (a..., m, b...), broadcast: (a..., m, b...)",
}};

}  // namespace xgrad
