#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/reshape.hpp>

namespace xgrad {

Tensor expand_dims(const Tensor& x, std::int64_t axis) { return expand_dims(x, std::vector{axis}); }

Tensor expand_dims(const Tensor& x, const std::vector<std::int64_t>& axes) {
  std::vector<Dim> dims = x.shape().dims();
  // Sorted: each place is final once those before it are taken.
  for (auto axis : Axes(axes).normalized("expand_dims", x.rank() + axes.size())) {
    dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(axis), 1);
  }
  return reshape(x, Shape(dims));
}

static const Register registered_expand_dims{{
    .name = "expand_dims",
    .family = OperatorFamily::shape,
    .signature = "expand_dims(x, axes)",
    .summary = "x with new axes of size 1.",
    .formula = "the elements of x",
    .gradient = "c under the shape of x",
    .shapes = "x: its shape with sizes of 1 at the places asked for",
}};

}  // namespace xgrad
