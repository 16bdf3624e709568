// A program whose xtensor containers are column-major unless they say otherwise: xgrad's rows stay rows.
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/multiply.hpp>

#include <cstdio>
#include <cstdlib>

namespace xg = xgrad;

static_assert(XTENSOR_DEFAULT_LAYOUT == xt::layout_type::column_major);

namespace {

void expect(bool is_right, const char* what) {
  if (is_right) return;
  std::fprintf(stderr, "column-major: %s\n", what);
  std::exit(1);
}

const auto half = xg::elementwise<1, xg::FloatingTypes>("half", [](const auto& x) { return x * number(x, 0.5); });

void check_rows(const auto& matrix, const char* what) {
  expect(matrix.shape()[0] == 2 && matrix.shape()[1] == 3, what);
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < 3; ++column) expect(matrix(row, column) == 10 * row + column, what);
  }
}

}  // namespace

int main() {
  const xt::xarray<float> columns{{0, 1, 2}, {10, 11, 12}};
  const xg::Array array = columns;
  const float rows[] = {0, 1, 2, 10, 11, 12};
  for (std::size_t i = 0; i < 6; ++i) expect(array.data<float>()[i] == rows[i], "an array is made of a container");
  check_rows(array.view<float>(), "a view of a constant array");
  xg::Array copy = array;
  check_rows(copy.view<float>(), "a view of an array");
  check_rows(xg::Array(array).view<float>(), "a view of a temporary");
  check_rows(xt::xarray<float>(array), "a container is made of an array");
  const xg::ArrayRef reference(columns);
  for (std::size_t i = 0; i < 6; ++i) expect(reference.elements<float>()[i] == rows[i], "a reference to a container");
  const xg::ArrayRef of_temporary{xt::xarray<float>(columns)};
  for (std::size_t i = 0; i < 6; ++i)
    expect(of_temporary.elements<float>()[i] == rows[i], "a reference to a temporary");

  const auto x = xg::input({2, 3}, "x");
  auto f = xg::compile({x}, {xg::apply(half, {x}) * 2.0});
  check_rows(f(columns)[0].view<float>(), "a function's argument and result");
}
