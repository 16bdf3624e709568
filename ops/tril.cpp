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

OperatorEntry triangle_entry(const std::string& name, const std::string& zeros,
                             Tensor (*function)(const Tensor&, std::int64_t)) {
  return {
      .name = name,
      .family = OperatorFamily::shape,
      .signature = name + "(x, offset = 0)",
      .summary = fmt::format("x with zeros {} a diagonal of its last two axes.", zeros),
      .formula = fmt::format("result[i, j] = 0 {} the diagonal j = i + offset, x[i, j] elsewhere", zeros),
      .gradient = fmt::format("{}(c, offset)", name),
      .shapes = "x (..., n, m): the shape of x",
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents shape, std::int64_t offset) {
              samples.push_back({std::move(label),
                                 {sample_values(shape)},
                                 [=](auto x) { return function(x[0], offset); },
                                 {{"offset", {static_cast<double>(offset)}}}});
            };
            add("matrix", {3, 3}, 0);
            add("wide, another diagonal", {2, 4}, 1);
            add("tall, another diagonal", {4, 2}, -1);
            add("of each matrix", {2, 3, 3}, 0);
            add("past the corner", {2, 2}, 5);
            add("one element", {1, 1}, 0);
            add("no elements", {0, 2, 2}, 0);
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"a vector", [=] { function(input({3}), 0); },
                 name + ": expected at least two axes, the last two with numbers as their sizes, but got shape (3,)"},
                {"a symbol",
                 [=] {
                   function(input({batch, 3}), 0);
                 },
                 name + ": expected at least two axes, the last two with numbers as their sizes, but got shape (batch, "
                        "3)"}};
          },
  };
}

}  // namespace

Tensor tril(const Tensor& x, std::int64_t offset) {
  return triangle("tril", x, [=](std::int64_t diagonal) { return diagonal <= offset; });
}

Tensor triu(const Tensor& x, std::int64_t offset) {
  return triangle("triu", x, [=](std::int64_t diagonal) { return diagonal >= offset; });
}

static const Register registered_tril{triangle_entry("tril", "above", tril)};
static const Register registered_triu{triangle_entry("triu", "below", triu)};

}  // namespace xgrad
