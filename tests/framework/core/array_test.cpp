#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

const Array matrix = xt::xarray<float>{{1, 2, 3}, {4, 5, 6}};

/// `expected` holds the elements of `matrix`.
template <class Container>
void check_conversions(const Container& expected) {
  const Container copied = matrix;
  const Container direct(matrix);
  const Container braced{matrix};
  Container assigned;
  assigned = matrix;
  const auto cast = static_cast<Container>(matrix);
  BOOST_TEST((copied == expected));
  BOOST_TEST((direct == expected));
  BOOST_TEST((braced == expected));
  BOOST_TEST((assigned == expected));
  BOOST_TEST((cast == expected));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(arrays)

BOOST_AUTO_TEST_CASE(the_default_is_a_scalar_0) {
  const Array array;
  BOOST_TEST((array.dtype() == DType::float32));
  BOOST_TEST(array.shape().empty());
  BOOST_TEST(array.item() == 0);
}

BOOST_AUTO_TEST_CASE(numbers_are_scalars_of_their_own_dtype) {
  BOOST_TEST((Array(0).dtype() == DType::int32));
  BOOST_TEST((Array(std::int64_t{0}).dtype() == DType::int64));
  BOOST_TEST((Array(0.0).dtype() == DType::float64));
  BOOST_TEST((Array(0.0f).dtype() == DType::float32));
  BOOST_TEST((Array(std::uint8_t{0}).dtype() == DType::uint8));
  BOOST_TEST((Array(true).dtype() == DType::boolean));
  BOOST_TEST(Array(-7).item() == -7);
  BOOST_TEST(Array(true).item() == 1);
  BOOST_TEST(Array(-7).shape().empty());
}

BOOST_AUTO_TEST_CASE(nothing_turns_into_an_array_by_surprise) {
  // Not cast silently, and no size is mistaken for a value. What tests/compile_errors has a sentence for is not here.
  BOOST_TEST(!(std::convertible_to<unsigned, Array>));
  BOOST_TEST(!(std::convertible_to<std::size_t, Array>));
  BOOST_TEST(!(std::convertible_to<char, Array>));
  BOOST_TEST(!(std::convertible_to<const float*, Array>));
  BOOST_TEST(!(std::convertible_to<DType, Array>));
  BOOST_TEST(!(std::constructible_from<Array, DType, int>));
  BOOST_TEST(!(std::convertible_to<Array, float>));
  BOOST_TEST(!(std::convertible_to<Array, bool>));
}

// On a system where int64_t is long, long long is another type with the same numbers; elsewhere it is the other way
// round.
BOOST_AUTO_TEST_CASE(long_and_long_long_are_integers_of_their_size) {
  constexpr auto long_dtype = sizeof(long) == 8 ? DType::int64 : DType::int32;
  BOOST_TEST((Array(7ll).dtype() == DType::int64));
  BOOST_TEST((Array(7l).dtype() == long_dtype));
  constexpr auto most = std::numeric_limits<long long>::max();
  const xt::xarray<long long> numbers{{1, -2, most}, {3, 4, 5}};
  const Array array = numbers;
  BOOST_TEST((array.dtype() == DType::int64));
  BOOST_TEST((array.shape() == Extents{2, 3}));
  BOOST_TEST(array.data<std::int64_t>()[2] == most);
  BOOST_TEST((Array(xt::xarray<long>{1}).dtype() == long_dtype));
  const Array turned = xt::transpose(numbers);
  BOOST_TEST((turned.shape() == Extents{3, 2}));
  BOOST_TEST(turned.data<std::int64_t>()[1] == 3);
  const Array doubled = numbers / 2;
  BOOST_TEST(doubled.data<std::int64_t>()[1] == -1);

  const ArrayRef named = numbers;
  const ArrayRef temporary = xt::xtensor<long long, 1>{7, 8};
  BOOST_TEST((named.type() == array.type()));
  BOOST_TEST(named.elements<std::int64_t>()[2] == most);
  BOOST_TEST((temporary.dtype() == DType::int64));
  BOOST_TEST(temporary.elements<std::int64_t>()[1] == 8);
  BOOST_TEST(ArrayRef(7ll).is_number());

  const xt::xarray<long long> back = array;
  BOOST_TEST((back == numbers));
}

BOOST_AUTO_TEST_CASE(zeros_are_zeros_of_any_shape) {
  for (const Extents& shape : {Extents{}, {1}, {0}, {3, 0, 2}, {5, 7}}) {
    const Array array = Array::zeros(DType::float64, shape);
    BOOST_TEST((array.shape() == shape));
    BOOST_TEST(static_cast<std::int64_t>(array.size()) == element_count(shape));
    BOOST_TEST(array.bytes().size() == array.size() * sizeof(double));
    for (double value : array.data<double>()) BOOST_TEST(value == 0);
  }
}

BOOST_AUTO_TEST_CASE(memory_is_aligned_for_every_dtype) {
  for (std::size_t index = 0; index < dtype_count; ++index) {
    for (std::int64_t size : {0, 1, 3, 64, 1000}) {
      const Array array(static_cast<DType>(index), {size});
      BOOST_TEST(array.bytes().data() != nullptr);
      BOOST_TEST(reinterpret_cast<std::uintptr_t>(array.bytes().data()) % 64 == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(sizes_that_cannot_be_are_errors) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  check_error<ShapeError>([] { Array(DType::float32, {2, -1}); }, "got -1");
  check_error<ShapeError>([] { Array(DType::uint8, {most, 2}); }, "is too large: expected fewer than 2^47 bytes");
  check_error<ShapeError>([] { Array(DType::float64, {most}); }, "is too large: expected fewer than 2^47 bytes");
  check_error<ShapeError>(
      [] {
        Array::zeros(DType::float64, {most / 2, 0, 3});
      },
      "is too large: expected fewer than 2^47 bytes");
}

BOOST_AUTO_TEST_CASE(copies_are_deep) {
  Array copy = matrix;
  copy.data<float>()[0] = 100;
  BOOST_TEST(matrix.data<float>()[0] == 1);
  Array assigned;
  assigned = copy;
  copy.data<float>()[0] = 200;
  BOOST_TEST(assigned.data<float>()[0] == 100);
  BOOST_TEST((assigned.shape() == Extents{2, 3}));
}

BOOST_AUTO_TEST_CASE(assignment_takes_over_dtype_and_shape) {
  Array array = matrix;
  array = xt::xarray<std::int64_t>{7, 8};
  BOOST_TEST((array.dtype() == DType::int64));
  BOOST_TEST((array.shape() == Extents{2}));
  BOOST_TEST(array.data<std::int64_t>()[1] == 8);
  array = 2.5;
  BOOST_TEST(array.item() == 2.5);
}

BOOST_AUTO_TEST_CASE(assignment_to_itself_changes_nothing) {
  Array array = matrix;
  Array& same = array;
  array = same;
  BOOST_TEST((array.view<float>() == matrix.view<float>()));
  array = std::move(same);
  BOOST_TEST((array.shape() == Extents{2, 3}));
  BOOST_TEST((array.view<float>() == matrix.view<float>()));
}

BOOST_AUTO_TEST_CASE(moving_hands_the_memory_over) {
  Array from = matrix;
  const auto* memory = from.bytes().data();
  Array to = std::move(from);
  BOOST_TEST(to.bytes().data() == memory);
  BOOST_TEST(std::is_nothrow_move_constructible_v<Array>);
  BOOST_TEST(std::is_nothrow_move_assignable_v<Array>);
}

// A moved-from array may lie in a vector that is copied or looked at by a debugger: nothing may read through its null.
BOOST_AUTO_TEST_CASE(a_moved_from_array_holds_no_elements) {
  Array from = matrix;
  const Array to = std::move(from);
  BOOST_TEST(from.size() == 0u);
  BOOST_TEST(from.bytes().empty());
  BOOST_TEST(from.data<float>().empty());
  check_error<ShapeError>([&] { from.item(); }, "exactly one element");
  const Array copy = from;
  BOOST_TEST(copy.size() == 0u);
  Array assigned = matrix;
  assigned = from;
  BOOST_TEST(assigned.size() == 0u);
  from = matrix;
  BOOST_TEST((from.view<float>() == matrix.view<float>()));
}

BOOST_AUTO_TEST_CASE(reading_as_another_dtype_is_an_error) {
  const std::string text = "Array: expected to be read as float32, its dtype, but was read as ";
  check_error<DTypeError>([] { matrix.data<double>(); }, text + "float64; convert with cast(DType::float64)");
  check_error<DTypeError>([] { matrix.view<bool>(); }, text + "bool; convert with cast(DType::boolean)");
  check_error<DTypeError>([] { xt::xarray<std::int32_t> array = matrix; }, text + "int32");
  check_error<DTypeError>([] { ArrayRef(matrix).elements<double>(); }, text + "float64");
}

BOOST_AUTO_TEST_CASE(items_are_single_elements) {
  BOOST_TEST(Array(2.5 * xt::ones<double>({1, 1, 1})).item() == 2.5);
  check_error<ShapeError>([] { matrix.item(); }, "Array::item: expected exactly one element, but got shape (2, 3)");
  check_error<ShapeError>([] { Array(DType::float32, {0}).item(); }, "(0,)");
}

BOOST_AUTO_TEST_CASE(casts_convert_as_cpp_does) {
  const Array numbers = xt::xarray<double>{-1.75, 0, 0.25, 3.5};
  const auto integers = numbers.cast(DType::int32);
  BOOST_TEST((integers.view<std::int32_t>() == xt::xarray<std::int32_t>{-1, 0, 0, 3}));
  const auto booleans = numbers.cast(DType::boolean);
  BOOST_TEST((booleans.view<bool>() == xt::xarray<bool>{true, false, true, true}));
  BOOST_TEST((booleans.cast(DType::float32).view<float>() == xt::xarray<float>{1, 0, 1, 1}));
  BOOST_TEST((Array(DType::int64, {0, 3}).cast(DType::uint8).shape() == Extents{0, 3}));
  BOOST_TEST(std::isinf(Array(1e300).cast(DType::float32).item()));
}

BOOST_AUTO_TEST_CASE(reshaping_keeps_the_elements) {
  Array array = matrix;
  const auto* memory = array.bytes().data();
  array = std::move(array).reshaped({3, 2});
  BOOST_TEST(array.bytes().data() == memory);
  BOOST_TEST((array.view<float>() == xt::xarray<float>{{1, 2}, {3, 4}, {5, 6}}));
  check_error<ShapeError>(
      [&] {
        array = std::move(array).reshaped({4, 2});
      },
      "Array::reshaped: (3, 2) has 6 elements and does not fit shape (4, 2)");
  check_error<ShapeError>([&] { array = std::move(array).reshaped({-3, -2}); }, "got -3");
  BOOST_TEST((array.shape() == Extents{3, 2}));
  BOOST_TEST(array.size() == 6u);
}

BOOST_AUTO_TEST_CASE(borrowed_arrays_can_be_reshaped_and_cut_into_rows) {
  const Array array = xt::xarray<float>{{1, 2}, {3, 4}, {5, 6}};
  const ArrayRef all(array);
  const auto rows = all.rows(1, 2);
  BOOST_TEST((rows.shape() == Extents{2, 2}));
  BOOST_TEST(rows.elements<float>()[0] == 3);
  BOOST_TEST(all.rows(3, 0).size() == 0u);
  BOOST_TEST((all.reshaped({2, 3}).rows(1, 1).elements<float>()[2] == 6));
  check_error<ShapeError>([&] { all.rows(1, 3); }, "ArrayRef::rows: shape (3, 2) has no rows 1 to 3");
  check_error<ShapeError>([&] { all.rows(-1, 2); }, "has no rows -1 to 0");
  check_error<ShapeError>([&] { ArrayRef(2.0f).rows(0, 1); }, "shape () has no rows 0 to 0");
  check_error<ShapeError>(
      [&] {
        all.reshaped({4, 2});
      },
      "ArrayRef::reshaped: (3, 2) has 6 elements and does not fit shape (4, 2)");
}

BOOST_AUTO_TEST_CASE(arrays_convert_to_xtensor) {
  const xt::xarray<float> expected{{1, 2, 3}, {4, 5, 6}};
  check_conversions(expected);
  const std::vector<Array> outputs{matrix};
  const xt::xarray<float> output = outputs[0];
  BOOST_TEST((output == expected));
  const xt::xarray<double> scalar = Array(2.5);
  BOOST_TEST(scalar.dimension() == 0u);
  BOOST_TEST(scalar() == 2.5);
  const xt::xarray<bool> empty = Array(DType::boolean, {0, 3});
  BOOST_TEST((empty.shape() == xt::xarray<bool>::shape_type{0, 3}));
}

BOOST_AUTO_TEST_CASE(arrays_convert_to_xtensor_of_their_rank) {
  const xt::xtensor<float, 2> expected{{1, 2, 3}, {4, 5, 6}};
  check_conversions(expected);
  const std::vector<Array> outputs{matrix};
  const xt::xtensor<float, 2> output = outputs[0];
  BOOST_TEST((output == expected));
  const xt::xtensor<double, 0> scalar = Array(2.5);
  BOOST_TEST(scalar() == 2.5);
  const xt::xtensor<bool, 2> empty = Array(DType::boolean, {0, 3});
  BOOST_TEST((empty.shape() == xt::xtensor<bool, 2>::shape_type{0, 3}));
  const xt::xtensor<float, 2, xt::layout_type::column_major> columns = matrix;
  BOOST_TEST((columns == expected));
  BOOST_TEST(columns.data()[1] == 4);
  const xt::xarray<float, xt::layout_type::column_major> column_array = matrix;
  BOOST_TEST(column_array.data()[1] == 4);
}

BOOST_AUTO_TEST_CASE(another_rank_or_dtype_is_an_error) {
  check_error<ShapeError>([] { xt::xtensor<float, 1> vector = matrix; },
                          "Array: expected to be read with as many axes as it has, shape (2, 3), but was read as an "
                          "xt::xtensor of 1; read it as an xt::xarray, or give it another shape");
  check_error<ShapeError>([] { xt::xtensor<float, 3> cube(matrix); }, "was read as an xt::xtensor of 3");
  xt::xtensor<float, 0> scalar = Array(1.0f);
  check_error<ShapeError>([&] { scalar = matrix; }, "was read as an xt::xtensor of 0");
  BOOST_TEST(scalar() == 1);
  check_error<DTypeError>([] { xt::xtensor<double, 2> doubles = matrix; },
                          "Array: expected to be read as float32, its dtype, but was read as float64");
}

BOOST_AUTO_TEST_CASE(views_write_through_unless_const) {
  Array array = matrix;
  array.view<float>()(1, 2) = 60;
  BOOST_TEST(array.data<float>()[5] == 60);
  const Array& constant = array;
  BOOST_TEST((std::is_const_v<std::remove_reference_t<decltype(constant.view<float>()(0, 0))>>));
  BOOST_TEST((std::is_const_v<std::remove_reference_t<decltype(constant.data<float>()[0])>>));
  BOOST_TEST((std::is_const_v<std::remove_reference_t<decltype(constant.bytes()[0])>>));
}

BOOST_AUTO_TEST_SUITE_END()
