#include <xgrad/framework/core/array.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

using namespace xgrad;

namespace {

/// The elements in row-major order, asked for one by one.
template <class Expression>
auto elements_of(const Expression& expression) {
  std::vector<typename Expression::value_type> elements;
  const std::vector<std::size_t> shape(expression.shape().begin(), expression.shape().end());
  std::size_t count = 1;
  for (auto size : shape) count *= size;
  std::vector<std::size_t> index(shape.size());
  for (std::size_t flat = 0; flat < count; ++flat) {
    std::size_t rest = flat;
    for (std::size_t axis = shape.size(); axis-- > 0; rest /= shape[axis]) index[axis] = rest % shape[axis];
    elements.push_back(expression.element(index.begin(), index.end()));
  }
  return elements;
}

/// Whether the array and the reference made from an expression hold what it holds, and whether the reference borrows.
template <class Expression>
void check(const std::string& label, const Expression& expression, bool borrows) {
  BOOST_TEST_CONTEXT(label) {
    using T = typename Expression::value_type;
    const auto expected = elements_of(expression);
    const Extents shape(expression.shape().begin(), expression.shape().end());
    const Array array = expression;
    const ArrayRef reference = expression;
    BOOST_TEST((array.dtype() == dtype_of<T>));
    BOOST_TEST((array.shape() == shape));
    BOOST_TEST((std::vector<T>(array.data<T>().begin(), array.data<T>().end()) == expected));
    BOOST_TEST((reference.type() == array.type()));
    BOOST_TEST((std::vector<T>(reference.elements<T>().begin(), reference.elements<T>().end()) == expected));
    const Array copy = reference.to_array();
    BOOST_TEST((std::vector<T>(copy.data<T>().begin(), copy.data<T>().end()) == expected));
    if constexpr (requires { &expression(0, 0); }) {
      if (expected.empty()) return;
      const auto* first = reinterpret_cast<const std::byte*>(&*expression.begin());
      BOOST_TEST((reference.data() == first) == borrows);
      BOOST_TEST(array.bytes().data() != first);
    }
  }
}

const xt::xarray<float> matrix{{0, 1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11}, {12, 13, 14, 15, 16, 17}};
const xt::xarray<float> cube = xt::arange<float>(24).reshape({2, 3, 4});
const xt::xarray<float, xt::layout_type::column_major> columns = matrix;

}  // namespace

BOOST_AUTO_TEST_SUITE(array_expressions)

BOOST_AUTO_TEST_CASE(row_major_containers_are_borrowed) {
  check("xarray", matrix, true);
  check("xtensor", xt::xtensor<double, 3>(cube), true);
  check("xtensor_fixed", xt::xtensor_fixed<std::int64_t, xt::xshape<2, 2>>{{1, 2}, {3, 4}}, true);
  check("bool", xt::xarray<bool>{{true, false}, {false, true}}, true);
  check("uint8", xt::xarray<std::uint8_t>{0, 128, 255}, true);
  check("int32", xt::xarray<std::int32_t>{-1, 0, 1}, true);
  check("scalar", xt::xarray<float>(2.5f), true);
  const std::vector<float> values{1, 2, 3, 4, 5, 6};
  check("adapted vector", xt::adapt(values, {2, 3}), true);
  check("adapted pointer", xt::adapt(values.data(), 6, xt::no_ownership(), std::vector<std::size_t>{3, 2}), true);
}

BOOST_AUTO_TEST_CASE(other_layouts_are_evaluated) {
  check("column major", columns, false);
  check("column major xtensor", xt::xtensor<float, 2, xt::layout_type::column_major>(matrix), false);
  const xt::xarray<float, xt::layout_type::dynamic> dynamic(std::vector<std::size_t>{2, 3}, 1.f,
                                                            xt::layout_type::column_major);
  check("dynamic layout", dynamic, false);
  check("transposed", xt::transpose(matrix), false);
  check("two axes transposed", xt::transpose(cube, {0, 2, 1}), false);
  check("transposed column major", xt::transpose(columns), true);
}

BOOST_AUTO_TEST_CASE(contiguous_views_are_borrowed) {
  check("row", xt::view(matrix, 1), true);
  check("rows", xt::view(matrix, xt::range(1, 3)), true);
  check("part of a row", xt::view(matrix, 2, xt::range(1, 4)), true);
  check("element", xt::view(matrix, 1, 2), true);
  check("matrix of a cube", xt::view(cube, 1), true);
  check("last row of a cube", xt::view(cube, 1, 2), true);
  const xt::xtensor<float, 2> fixed_rank = matrix;
  check("row of an xtensor", xt::view(fixed_rank, 2), true);
}

BOOST_AUTO_TEST_CASE(strided_views_are_evaluated) {
  check("column", xt::view(matrix, xt::all(), 2), false);
  check("every second row", xt::view(matrix, xt::range(0, 3, 2)), false);
  check("columns", xt::view(matrix, xt::all(), xt::range(1, 3)), false);
  check("backwards", xt::view(matrix, 1, xt::range(5, 1, -1)), false);
  check("chosen rows", xt::view(matrix, xt::keep(2, 0)), false);
  check("row of column major", xt::view(columns, 1), false);
  check("axis of a cube", xt::view(cube, xt::all(), 1), false);
}

// xtensor 0.24 itself copies a contiguous view of a contiguous view from a wrong place.
BOOST_AUTO_TEST_CASE(views_of_views_begin_where_they_should) {
  const auto rows = xt::view(matrix, xt::range(1, 3));
  check("rows of rows", xt::view(rows, xt::range(1, 2)), true);
  check("row of rows", xt::view(rows, 1), true);
  check("column of rows", xt::view(rows, xt::all(), 1), false);
  const auto part = xt::view(matrix, xt::range(1, 3), xt::range(1, 4));
  check("row of a part", xt::view(part, 1), true);
  check("part of a part", xt::view(part, xt::all(), xt::range(1, 3)), false);
}

BOOST_AUTO_TEST_CASE(lazy_expressions_are_evaluated) {
  check("sum", matrix + 1.f, false);
  check("comparison", matrix > 3.f, false);
  check("cast", xt::cast<std::int32_t>(matrix), false);
  check("broadcast", xt::broadcast(xt::view(matrix, 1), {3, 6}), false);
  check("generator", xt::arange<double>(0, 5), false);
  check("zeros", xt::zeros<float>({2, 3}), false);
  check("reduction", xt::sum<double>(cube, {1}), false);
  check("expression of a column", xt::view(matrix, xt::all(), 2) * 2.f, false);
  check("mixed layouts", columns + matrix, false);
}

// Their containers have a function for a pointer to elements, which does not compile.
BOOST_AUTO_TEST_CASE(expressions_without_an_address_are_evaluated) {
  const auto part = xt::view(matrix, xt::all(), xt::range(1, 3));
  check("flattened view", xt::flatten(part), false);
  check("flattened in the order of columns", xt::ravel<xt::layout_type::column_major>(matrix), false);
  check("flattened transpose", xt::flatten(xt::transpose(matrix)), false);
  const std::deque<float> queue{1, 2, 3, 4, 5, 6};
  check("deque", xt::adapt(queue, {2, 3}), false);
  const std::vector<bool> bits{true, false, true, true};
  check("vector of bits", xt::adapt(bits, {2, 2}), false);
  check("reshaped view", xt::reshape_view(part, {2, 3}), false);
}

BOOST_AUTO_TEST_CASE(expressions_without_elements_keep_their_shape) {
  check("container", xt::xarray<float>::from_shape({0, 3}), false);
  check("last axis", xt::xarray<bool>::from_shape({3, 0}), false);
  check("view", xt::view(matrix, xt::range(1, 1)), false);
  check("lazy", xt::zeros<double>({2, 0, 3}), false);
}

BOOST_AUTO_TEST_CASE(references_borrow_arrays_and_own_numbers) {
  const Array array = matrix;
  BOOST_TEST(ArrayRef(array).data() == array.bytes().data());
  const ArrayRef number = 2.5;
  BOOST_TEST((number.dtype() == DType::float64));
  BOOST_TEST(number.elements<double>()[0] == 2.5);
  const std::vector<ArrayRef> arguments{array, matrix, 7, matrix + 1.f};
  const auto copies = arguments;
  BOOST_TEST(copies[2].elements<std::int32_t>()[0] == 7);
  BOOST_TEST(copies[3].elements<float>()[17] == 18);
}

BOOST_AUTO_TEST_SUITE_END()
