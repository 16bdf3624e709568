#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/jacobian.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/autodiff/stacked.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/substitute.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace xgrad {
namespace {

/// Zeros and, at one element, 1.
Tensor one_hot(const TensorType& type, std::size_t element) {
  Array ones = Array::zeros(DType::float64, type.shape.extents());
  ones.data<double>()[element] = 1;
  return constant(ones.cast(type.dtype));
}

/// `linear`, a linear function of the leaf `seed`, at each element of it in turn.
Tensor images_of_elements(const Tensor& linear, const Tensor& seed, StackedAxes side) {
  const auto sizes = seed.shape().extents();
  const auto count = static_cast<std::size_t>(element_count(sizes));
  // Of nothing there is no image to stack.
  if (count == 0) {
    std::vector<Dim> dims(linear.shape().begin(), linear.shape().end());
    dims.insert(side == StackedAxes::leading ? dims.begin() : dims.end(), sizes.begin(), sizes.end());
    return broadcast_to(scalar(0, linear.dtype()), Shape(dims));
  }
  std::vector<Tensor> images;
  for (std::size_t element = 0; element < count; ++element) {
    const Substitution one{seed, one_hot(seed.type(), element)};
    images.push_back(substitute({&linear, 1}, {&one, 1}).front());
  }
  return stacked(images, sizes, side);
}

}  // namespace

Tensor jacobian(const Tensor& output, const Tensor& x) {
  const bool rows_known = output.shape().is_known();
  const bool columns_known = x.shape().is_known();
  if (!rows_known && !columns_known) {
    throw ShapeError(
        fmt::format("jacobian: expected the output or x to have known sizes, but got shapes {} and {}; "
                    "replace a symbol such as batch by a number",
                    output.shape().to_string(), x.shape().to_string()));
  }
  const bool by_rows = rows_known && (!columns_known || output.shape().size().value() <= x.shape().size().value());
  const Tensor& seeded = by_rows ? output : x;
  const Tensor seed = input(seeded.shape(), "seed", seeded.dtype());
  const auto linear =
      by_rows ? vjp({&output, 1}, {&seed, 1}, {&x, 1}).front() : jvp({&output, 1}, {&x, 1}, {&seed, 1}).front();
  return images_of_elements(linear, seed, by_rows ? StackedAxes::leading : StackedAxes::trailing);
}

}  // namespace xgrad
