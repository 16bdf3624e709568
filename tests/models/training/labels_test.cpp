#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/labels.hpp>
#include <xgrad/models/training/to_categorical.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <limits>

using namespace xgrad;
using test::check_error;

BOOST_AUTO_TEST_SUITE(labels)

BOOST_AUTO_TEST_CASE(a_label_becomes_a_row) {
  const xt::xarray<float> expected{{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
  BOOST_TEST((to_categorical(xt::xarray<std::uint8_t>{2, 0, 1}) == expected));
  BOOST_TEST((to_categorical(xt::xarray<std::int64_t>{2, 0, 1}, 3) == expected));
  BOOST_TEST((to_categorical(xt::xarray<double>{2, 0, 1}) == expected));
  BOOST_TEST((to_categorical(xt::xarray<int>{1, 0}, 4) == xt::xarray<float>{{0, 1, 0, 0}, {1, 0, 0, 0}}));
}

BOOST_AUTO_TEST_CASE(shapes_are_those_of_keras) {
  const auto shape_for = [](std::vector<std::size_t> shape) {
    const xt::xarray<int> labels = xt::ones<int>(shape);
    const auto rows = to_categorical(labels, 3);
    return std::vector<std::size_t>(rows.shape().begin(), rows.shape().end());
  };
  using Sizes = std::vector<std::size_t>;
  BOOST_TEST(shape_for({5}) == (Sizes{5, 3}), boost::test_tools::per_element());
  BOOST_TEST(shape_for({5, 1}) == (Sizes{5, 3}), boost::test_tools::per_element());
  BOOST_TEST(shape_for({5, 2}) == (Sizes{5, 2, 3}), boost::test_tools::per_element());
  BOOST_TEST(shape_for({0}) == (Sizes{0, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(mistakes_are_named_with_index_and_value) {
  const auto rejects = [](const ArrayRef& array, const std::string& text, std::optional<std::int64_t> classes = {}) {
    check_error<ValueError>([&] { to_categorical(array, classes); }, text);
  };
  rejects(xt::xarray<int>{0, 1, -3}, "the one at index 2 is -3, which is negative");
  rejects(xt::xarray<double>{0, 1.5}, "the one at index 1 is 1.5, which is fractional");
  rejects(xt::xarray<double>{0, std::numeric_limits<double>::quiet_NaN()}, "at index 1 is nan, which is not a number");
  rejects(xt::xarray<float>{std::numeric_limits<float>::infinity()}, "at index 0 is inf, which is too large");
  rejects(xt::xarray<int>{0, 10},
          "to_categorical: expected labels that are whole numbers from 0 to 9, but the one at index 1 is 10, which is "
          "too large",
          10);
  rejects(xt::xarray<int>{{0, 1}, {2, 10}}, "at index (1, 1) is 10", 10);
  rejects(xt::xarray<std::int64_t>{std::int64_t{1} << 40}, "which is too large");
  rejects(xt::xarray<int>{0}, "to_categorical: expected 1 class or more, but got 0", 0);
}

BOOST_AUTO_TEST_CASE(the_number_of_classes_needed_is_found) {
  BOOST_TEST(check_labels("test", xt::xarray<int>{3, 0, 1}, std::nullopt) == 4);
  BOOST_TEST(check_labels("test", xt::xarray<int>(std::vector<std::size_t>{0}), std::nullopt) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
