#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <limits>

using namespace xgrad;
using test::check_error;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();

}  // namespace

BOOST_AUTO_TEST_SUITE(shapes)

BOOST_AUTO_TEST_CASE(text_is_that_of_python) {
  BOOST_TEST(Shape{}.to_string() == "()");
  BOOST_TEST(Shape{10}.to_string() == "(10,)");
  BOOST_TEST((Shape{batch, 784}.to_string() == "(batch, 784)"));
  BOOST_TEST((to_string(Extents{60000, 28, 28}) == "(60000, 28, 28)"));
  BOOST_TEST((TensorType{DType::boolean, {batch}}.to_string() == "bool (batch,)"));
}

BOOST_AUTO_TEST_CASE(size_is_the_product) {
  BOOST_TEST((Shape{}.size() == Dim(1)));
  BOOST_TEST((Shape{2, 3}.size() == Dim(6)));
  BOOST_TEST((Shape{batch, 28, 28}.size() == batch * 784));
  BOOST_TEST((Shape{batch, 0}.size() == Dim(0)));
  BOOST_TEST(element_count(Extents{}) == 1);
  BOOST_TEST(element_count(Extents{60000, 28, 28}) == 47040000);
  BOOST_TEST(element_count(Extents{3, 0}) == 0);
}

BOOST_AUTO_TEST_CASE(negative_sizes_are_errors) {
  check_error<ShapeError>([] { Shape{2, -1}; }, "got -1");
  check_error<ShapeError>([] { element_count(Extents{2, -1}); }, "got -1");
  check_error<ShapeError>([] { element_count(Extents{-1, -1}); }, "got -1");
  check_error<ShapeError>([] { element_count(Extents{0, -1}); }, "got -1");
}

BOOST_AUTO_TEST_CASE(sizes_that_overflow_are_errors_in_every_order) {
  check_error<ShapeError>([] { element_count(Extents{most, 2}); }, "more than 64 bits");
  check_error<ShapeError>([] { element_count(Extents{most, 2, 0}); }, "more than 64 bits");
  check_error<ShapeError>([] { element_count(Extents{0, most, 2}); }, "more than 64 bits");
  check_error<ShapeError>([] { Shape({0, most, 2}).size(); }, "more than 64 bits");
  check_error<ShapeError>([] { Shape({batch, most, 2}).size(); }, "more than 64 bits");
  BOOST_TEST(element_count(Extents{most, 0}) == 0);
}

BOOST_AUTO_TEST_CASE(extents_are_known_once_symbols_are_bound) {
  const Shape shape{batch, 3, batch * 2};
  BOOST_TEST(!shape.is_known());
  check_error<ShapeError>([&] { shape.extents(); }, "batch");
  Bindings sizes;
  sizes.bind(batch, 0);
  BOOST_TEST((shape.extents(sizes) == Extents{0, 3, 0}));
  BOOST_TEST((Shape{2, 3}.extents() == Extents{2, 3}));
  BOOST_TEST((Shape(Extents{2, 3}) == Shape{2, 3}));
}

BOOST_AUTO_TEST_CASE(shapes_broadcast_from_the_last_axis) {
  const auto check = [](const Shape& left, const Shape& right, const Shape& expected) {
    BOOST_TEST_CONTEXT(left.to_string() << " and " << right.to_string()) {
      BOOST_TEST((broadcast("test", left, right) == expected));
      BOOST_TEST((broadcast("test", right, left) == expected));
      BOOST_TEST(broadcasts_to(left, expected));
      BOOST_TEST(broadcasts_to(right, expected));
    }
  };
  check({}, {}, {});
  check({}, {2, 3}, {2, 3});
  check({3}, {2, 3}, {2, 3});
  check({2, 1}, {3}, {2, 3});
  check({4, 1, 3}, {2, 1}, {4, 2, 3});
  check({1}, {0}, {0});
  check({0, 3}, {1, 1}, {0, 3});
  check({batch, 3}, {3}, {batch, 3});
  check({batch, 3}, {1, 3}, {batch, 3});
  check({batch * 2}, {2 * batch}, {batch * 2});
  check({batch, 1}, {Dim::symbol("time")}, {batch, Dim::symbol("time")});
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_broadcast_are_errors) {
  check_error<ShapeError>(
      [] {
        broadcast("add", {2, 3}, {2, 4});
      },
      "add: shapes (2, 3) and (2, 4) do not broadcast: axis -1 is 3 on the left and 4 on the right");
  check_error<ShapeError>([] { broadcast("add", {2, 3}, {3, 3}); }, "axis -2 is 2 on the left and 3 on the right");
  check_error<ShapeError>([] { broadcast("add", {0}, {2}); }, "axis -1 is 0");
  // A guess that the batch has 32 samples would fail for the last one.
  check_error<ShapeError>([] { broadcast("add", {batch, 3}, {32, 3}); }, "axis -2 is batch on the left and 32");
  check_error<ShapeError>([] { broadcast("add", {batch}, {batch * 2}); }, "batch on the left and 2*batch on the right");
}

BOOST_AUTO_TEST_CASE(broadcasts_to_needs_exactly_the_shape) {
  BOOST_TEST(!broadcasts_to({2, 3}, {3}));
  BOOST_TEST(!broadcasts_to({2, 3}, {1, 3}));
  BOOST_TEST(!broadcasts_to({3}, {batch}));
  BOOST_TEST(!broadcasts_to({batch}, {1}));
  BOOST_TEST(!broadcasts_to({1, 3}, {3}));
  BOOST_TEST(broadcasts_to({1}, {batch}));
}

BOOST_AUTO_TEST_SUITE_END()
