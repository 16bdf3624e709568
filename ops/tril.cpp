#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/tril.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// x where `keeps`, given the diagonal an element lies on, says so, and zeros elsewhere.
template <class Keeps>
Tensor triangle(std::string_view name, const Tensor& x, Keeps keeps) {
  const auto rank = x.rank();
  if (rank < 2 || !x.shape()[rank - 2].is_known() || !x.shape()[rank - 1].is_known()) {
    throw ShapeError(
        fmt::format("{}: expected at least two axes, the last two with numbers as their sizes, but got "
                    "shape {}; reshape it or move the axes of the matrices to the end",
                    name, x.shape().to_string()));
  }
  const auto rows = x.shape()[rank - 2].value();
  const auto columns = x.shape()[rank - 1].value();
  Array mask(DType::boolean, {rows, columns});
  auto element = mask.data<bool>().begin();
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column) *element++ = keeps(column - row);
  }
  return where(constant(std::move(mask)), x, zeros_like(x));
}

}  // namespace

Tensor tril(const Tensor& x, std::int64_t offset) {
  return triangle("tril", x, [=](std::int64_t diagonal) { return diagonal <= offset; });
}

Tensor triu(const Tensor& x, std::int64_t offset) {
  return triangle("triu", x, [=](std::int64_t diagonal) { return diagonal >= offset; });
}

static const Register registered_tril{{
    .name = "tril",
    .family = OperatorFamily::shape,
    .signature = "tril(x, offset = 0)",
    .summary = "x with zeros above a diagonal of its last two axes.",
    .formula = "result[i, j] = 0 above the diagonal j = i + offset, x[i, j] elsewhere",
    .gradient = "tril(c, offset)",
    .shapes = "x (..., n, m): the shape of x",
}};
static const Register registered_triu{{
    .name = "triu",
    .family = OperatorFamily::shape,
    .signature = "triu(x, offset = 0)",
    .summary = "x with zeros below a diagonal of its last two axes.",
    .formula = "result[i, j] = 0 below the diagonal j = i + offset, x[i, j] elsewhere",
    .gradient = "triu(c, offset)",
    .shapes = "x (..., n, m): the shape of x",
}};

}  // namespace xgrad
