#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <concepts>
#include <limits>

using namespace xgrad;
using test::check_error;

namespace {

using Positions = std::vector<std::size_t>;

Positions normalized(const Axes& axes, std::size_t rank) { return axes.normalized("sum", rank); }

}  // namespace

BOOST_AUTO_TEST_SUITE(axes)

BOOST_AUTO_TEST_CASE(axes_are_spelled_as_in_numpy) {
  BOOST_TEST((normalized({}, 3) == Positions{0, 1, 2}));
  BOOST_TEST((normalized({}, 0) == Positions{}));
  BOOST_TEST((normalized(0, 3) == Positions{0}));
  BOOST_TEST((normalized(-1, 3) == Positions{2}));
  BOOST_TEST((normalized({0, 2}, 3) == Positions{0, 2}));
  BOOST_TEST((normalized({-1, 0}, 3) == Positions{0, 2}));
  BOOST_TEST((normalized(Axes(std::vector<std::int64_t>{}), 3) == Positions{}));
  BOOST_TEST((normalized(std::size_t{1}, 3) == Positions{1}));
}

BOOST_AUTO_TEST_CASE(axes_that_do_not_exist_are_errors) {
  check_error<ShapeError>([] { normalized(2, 2); },
                          "sum: axis 2 does not exist in a tensor of 2 dimension(s); expected -2 to 1");
  check_error<ShapeError>([] { normalized(-3, 2); }, "axis -3");
  check_error<ShapeError>([] { normalized(0, 0); }, "expected none, it is a scalar");
  check_error<ShapeError>([] { normalized({0, 5}, 2); }, "axis 5");
  check_error<ShapeError>([] { normalized(std::numeric_limits<std::int64_t>::min(), 2); }, "axis -9223372036854775808");
}

BOOST_AUTO_TEST_CASE(axes_beyond_32_bits_are_not_cut_off) {
  check_error<ShapeError>([] { normalized(std::int64_t{1} << 32, 2); }, "axis 4294967296 does not exist");
}

BOOST_AUTO_TEST_CASE(axes_named_twice_are_errors) {
  check_error<ShapeError>([] { normalized({1, 1}, 2); }, "sum: axis 1 is named twice");
  check_error<ShapeError>([] { normalized({0, -2}, 2); }, "axis 0 is named twice");
}

BOOST_AUTO_TEST_CASE(a_misplaced_keepdims_or_a_fraction_is_no_axis) {
  BOOST_TEST(!(std::convertible_to<bool, Axes>));
  BOOST_TEST(!(std::convertible_to<double, Axes>));
  BOOST_TEST((std::convertible_to<int, Axes>));
}

BOOST_AUTO_TEST_SUITE_END()
