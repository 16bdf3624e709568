#include <xgrad/models/data/digits/elastic_field.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using xgrad::digits::ElasticField;
using xgrad::digits::RandomStream;

BOOST_AUTO_TEST_SUITE(elastic_field)

BOOST_AUTO_TEST_CASE(moves_nothing_without_deviation) {
  RandomStream random({.seed = 1});
  const ElasticField field(0, random);
  for (float x : {-1.0f, 0.0f, 0.4f, 1.0f, 2.0f}) {
    BOOST_TEST(field.at({x, 0.3f}).x == 0);
    BOOST_TEST(field.at({0.7f, x}).y == 0);
  }
}

BOOST_AUTO_TEST_CASE(is_smooth_and_not_constant) {
  RandomStream random({.seed = 1});
  const ElasticField field(1, random);
  constexpr float step = 1.0f / 512;
  float steepest = 0, curviest = 0, low = 10, high = -10;
  for (float y : {0.0f, 0.35f, 1.0f}) {
    for (float x = step; x <= 1 - step; x += step) {
      const float before = field.at({x - step, y}).x, here = field.at({x, y}).x, after = field.at({x + step, y}).x;
      steepest = std::max(steepest, std::abs(after - here) / step);
      curviest = std::max(curviest, std::abs(after - 2 * here + before) / (step * step));
      low = std::min(low, here);
      high = std::max(high, here);
    }
  }
  // A jump or a kink at the edge of a cell would give hundreds.
  BOOST_TEST(steepest < 30);
  BOOST_TEST(curviest < 200);
  BOOST_TEST(high - low > 0.3f);
}

BOOST_AUTO_TEST_CASE(stays_at_the_edge_outside_of_the_square) {
  RandomStream random({.seed = 2});
  const ElasticField field(1, random);
  BOOST_TEST(field.at({-3.0f, 0.2f}).x == field.at({0.0f, 0.2f}).x);
  BOOST_TEST(field.at({0.2f, 7.0f}).y == field.at({0.2f, 1.0f}).y);
}

BOOST_AUTO_TEST_SUITE_END()
