#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(constant_numbers)

BOOST_AUTO_TEST_CASE(are_seen_through_broadcasts_and_reshapes) {
  BOOST_TEST(constant_number(scalar(2.5)).value() == 2.5);
  BOOST_TEST(constant_number(scalar(3, DType::int64)).value() == 3);
  BOOST_TEST(constant_number(ones_like(input({batch, 3}))).value() == 1);
  BOOST_TEST(constant_number(reshape(broadcast_to(constant(Array(7.0f).reshaped({1, 1})), {2, 3}), {6})).value() == 7);
}

BOOST_AUTO_TEST_CASE(are_constants_of_one_element) {
  BOOST_TEST(!constant_number(input({})));
  BOOST_TEST(!constant_number(parameter(Array(1.0f))));
  BOOST_TEST(!constant_number(dim_size(batch)));
  BOOST_TEST(!constant_number(constant(xt::xarray<float>{1, 1})));
  BOOST_TEST(!constant_number(broadcast_to(constant(Array::zeros(DType::float32, {0})), {2, 0})));
  BOOST_TEST(!constant_number(scalar(1) + 0));
}

BOOST_AUTO_TEST_SUITE_END()
