#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/models/initializers/constant.hpp>
#include <xgrad/models/initializers/glorot_uniform.hpp>
#include <xgrad/models/initializers/initializer.hpp>
#include <xgrad/models/initializers/random_normal.hpp>
#include <xgrad/models/initializers/random_uniform.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "../elements.hpp"
#include <algorithm>
#include <cmath>
#include <numbers>

using namespace xgrad;
using test::check_error;
using test::elements;

namespace {

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double variance_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(initializers)

BOOST_AUTO_TEST_CASE(glorot_uniform_has_the_limit_of_its_fans) {
  const auto spread = [](const Shape& shape) {
    const auto values = elements(glorot_uniform(shape, 3));
    return std::pair(*std::ranges::min_element(values), *std::ranges::max_element(values));
  };
  const double matrix = std::sqrt(6.0 / (200 + 100));
  const auto [low, high] = spread({200, 100});
  BOOST_TEST(low >= -matrix);
  BOOST_TEST(high <= matrix);
  BOOST_TEST(low < -0.99 * matrix);
  BOOST_TEST(high > 0.99 * matrix);

  const double kernel = std::sqrt(6.0 / (9 * 8 + 9 * 16));  // 3 x 3 from 8 channels to 16
  BOOST_TEST(spread({3, 3, 8, 16}).second <= kernel);
  BOOST_TEST(spread({3, 3, 8, 16}).second > 0.98 * kernel);
  BOOST_TEST(spread({50}).second <= std::sqrt(6.0 / 100));
}

// Box and Muller: two numbers from two uniform ones, at any length.
BOOST_AUTO_TEST_CASE(normal_numbers_come_in_pairs) {
  for (const std::int64_t count : {1, 2, 255, 256, 257, 601}) {
    const auto values = elements(RandomNormal{.mean = 1, .standard_deviation = 2}({count}, 5));
    std::vector<double> uniform(602);
    fill_uniform({.seed = 5}, 0, uniform);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double radius = 2 * std::sqrt(-2 * std::log(1 - uniform[i / 2 * 2]));
      const double angle = 2 * std::numbers::pi * uniform[i / 2 * 2 + 1];
      const double expected = 1 + radius * (i % 2 == 0 ? std::cos(angle) : std::sin(angle));
      BOOST_REQUIRE_EQUAL(values[i], static_cast<float>(expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(distributions_have_their_moments) {
  const auto uniform = elements(RandomUniform{.minimum = 1, .maximum = 3}({100, 100}, 5));
  BOOST_TEST(std::abs(mean_of(uniform) - 2) < 0.025);
  BOOST_TEST(std::abs(variance_of(uniform) - 4.0 / 12) < 0.015);

  const auto normal = elements(RandomNormal{.mean = 1, .standard_deviation = 2}({101, 99}, 5));
  BOOST_TEST(std::abs(mean_of(normal) - 1) < 0.08);
  BOOST_TEST(std::abs(variance_of(normal) - 4) < 0.25);
  const auto outside = std::ranges::count_if(normal, [](double value) { return std::abs(value - 1) > 4; });
  BOOST_TEST(std::abs(static_cast<double>(outside) / 9999 - 0.0455) < 0.009);
}

BOOST_AUTO_TEST_CASE(one_seed_gives_one_array) {
  for (const auto& initializer :
       {Initializer(glorot_uniform), Initializer(RandomNormal{}), Initializer(RandomUniform{})}) {
    const auto first = elements(initializer({7, 5}, 1));
    BOOST_TEST(first == elements(initializer({7, 5}, 1)), boost::test_tools::per_element());
    BOOST_TEST((first != elements(initializer({7, 5}, 2))));
  }
  set_random_seed(4);
  const auto drawn = elements(glorot_uniform({4, 4}));
  BOOST_TEST((drawn != elements(glorot_uniform({4, 4}))));
  set_random_seed(4);
  BOOST_TEST(drawn == elements(glorot_uniform({4, 4})), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(initializers_come_from_names_numbers_and_functions) {
  using Values = std::vector<double>;
  BOOST_TEST(elements(Initializer("zeros")({2}, 0)) == (Values{0, 0}), boost::test_tools::per_element());
  BOOST_TEST(elements(Initializer(ones)({2}, 0)) == (Values{1, 1}), boost::test_tools::per_element());
  BOOST_TEST(elements(Initializer(0.5)({2}, 0)) == (Values{0.5, 0.5}), boost::test_tools::per_element());
  BOOST_TEST(elements(Initializer("Glorot_Uniform")({3, 2}, 8)) == elements(glorot_uniform({3, 2}, 8)),
             boost::test_tools::per_element());
  const Initializer own = [](const Shape& shape, std::uint64_t) {
    return Array::zeros(DType::float64, shape.extents());
  };
  BOOST_TEST((own({3}, 0).dtype() == DType::float64));
}

BOOST_AUTO_TEST_CASE(mistakes_are_named) {
  check_error<ValueError>([] { Initializer("zeroes"); },
                          "initializer: unknown name 'zeroes'; expected one of glorot_uniform, ones, random_normal, "
                          "random_uniform, zeros");
  check_error<ShapeError>([] { Initializer([](const Shape&, std::uint64_t) { return Array(1.0f); })({3}, 0); },
                          "initializer: expected an array of shape (3,), but got ()");
  check_error<ShapeError>([] { glorot_uniform({batch, 3}, 0); }, "batch");
  check_error<ValueError>([] { RandomUniform{.minimum = 1, .maximum = 0}({3}, 0); },
                          "expected minimum <= maximum, but got 1 and 0");
  check_error<ValueError>([] { RandomNormal{.standard_deviation = -1}({3}, 0); },
                          "standard deviation of 0 or more, but got -1");
}

BOOST_AUTO_TEST_SUITE_END()
