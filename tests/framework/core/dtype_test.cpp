#include <xgrad/framework/core/dtype.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(dtypes)

BOOST_AUTO_TEST_CASE(names_are_those_of_numpy) {
  BOOST_TEST(to_string(DType::float32) == "float32");
  BOOST_TEST(to_string(DType::float64) == "float64");
  BOOST_TEST(to_string(DType::int32) == "int32");
  BOOST_TEST(to_string(DType::int64) == "int64");
  BOOST_TEST(to_string(DType::uint8) == "uint8");
  BOOST_TEST(to_string(DType::boolean) == "bool");
}

BOOST_AUTO_TEST_CASE(enumerators_can_be_pasted_into_a_program) {
  BOOST_TEST(enumerator(DType::float32) == "DType::float32");
  BOOST_TEST(enumerator(DType::boolean) == "DType::boolean");
}

BOOST_AUTO_TEST_CASE(visit_gives_the_type_whose_dtype_it_is) {
  for (std::size_t index = 0; index < dtype_count; ++index) {
    const auto dtype = static_cast<DType>(index);
    visit(dtype, [&]<class T>() {
      BOOST_TEST((dtype_of<T> == dtype));
      BOOST_TEST(size_of(dtype) == sizeof(T));
      BOOST_TEST(is_floating(dtype) == std::is_floating_point_v<T>);
      BOOST_TEST(is_integer(dtype) == (std::is_integral_v<T> && !std::is_same_v<T, bool>));
    });
  }
}

BOOST_AUTO_TEST_CASE(no_other_type_is_an_element) {
  BOOST_TEST(!Element<unsigned>);
  BOOST_TEST(!Element<std::size_t>);
  BOOST_TEST(!Element<long double>);
  BOOST_TEST(!Element<char>);
  BOOST_TEST(!Element<const float>);
}

BOOST_AUTO_TEST_SUITE_END()
