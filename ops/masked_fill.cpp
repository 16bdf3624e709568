#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/masked_fill.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor masked_fill(const Tensor& x, const Tensor& mask, Number value) {
  if (mask.dtype() != DType::boolean) {
    throw DTypeError(fmt::format("masked_fill: expected a bool mask, but got {}; compare it, for example greater(x, 0)",
                                 to_string(mask.dtype())));
  }
  if (!broadcasts_to(mask.shape(), x.shape())) {
    throw ShapeError(fmt::format("masked_fill: expected a mask that broadcasts to x {}, but got {}",
                                 x.shape().to_string(), mask.shape().to_string()));
  }
  return where(mask, number_like("masked_fill", value, x), x);
}

static const Register registered_masked_fill{{
    .name = "masked_fill",
    .family = OperatorFamily::indexing,
    .signature = "masked_fill(x, mask, value)",
    .summary = "x with a number in the places of a mask.",
    .formula = "value where mask, else x",
    .gradient = "0 where mask, else c",
    .shapes = "x, a mask that broadcasts to it: the shape of x",
}};

}  // namespace xgrad
