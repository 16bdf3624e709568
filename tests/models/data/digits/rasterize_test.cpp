#include <xgrad/models/data/digits/rasterize.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace {

using xgrad::digits::image_size;
using xgrad::digits::InkSegment;
using Image = std::array<std::uint8_t, image_size * image_size>;

Image rasterized(const std::vector<InkSegment>& ink) {
  Image image;
  image.fill(99);
  xgrad::digits::rasterize(ink, image);
  return image;
}

int at(const Image& image, int row, int column) { return image[static_cast<std::size_t>(row * image_size + column)]; }

/// In whole pixels of ink.
double area(const Image& image) { return std::accumulate(image.begin(), image.end(), 0.0) / 255; }

}  // namespace

BOOST_AUTO_TEST_SUITE(rasterize)

BOOST_AUTO_TEST_CASE(no_ink_is_an_empty_image) { BOOST_TEST(area(rasterized({})) == 0); }

BOOST_AUTO_TEST_CASE(a_dot_has_its_area_and_is_symmetric) {
  for (float radius : {1.0f, 2.0f, 5.0f}) {
    const auto image = rasterized({{{14, 14, radius}, {14, 14, radius}}});
    BOOST_TEST(std::abs(area(image) - std::numbers::pi * radius * radius) < 0.6);
    for (int row = 0; row < image_size; ++row) {
      for (int column = 0; column < image_size; ++column) {
        BOOST_TEST(at(image, row, column) == at(image, column, row));
        BOOST_TEST(at(image, row, column) == at(image, image_size - 1 - row, column));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_line_covers_what_is_under_it) {
  const auto image = rasterized({{{7, 14, 1.5f}, {21, 14, 1.5f}}});
  // 14 x 3 and the round ends.
  BOOST_TEST(std::abs(area(image) - (42 + std::numbers::pi * 2.25)) < 1);
  BOOST_TEST(at(image, 13, 14) == 255);
  BOOST_TEST(at(image, 14, 8) == 255);
  BOOST_TEST(at(image, 10, 14) == 0);
  BOOST_TEST(at(image, 14, 3) == 0);
  // Half under the pen: half grey.
  BOOST_TEST(std::abs(at(image, 12, 14) - 128) < 80);
}

BOOST_AUTO_TEST_CASE(a_line_widens_from_one_end_to_the_other) {
  const auto image = rasterized({{{6, 14, 1}, {22, 14, 3}}});
  int left = 0, right = 0;
  for (int row = 0; row < image_size; ++row) {
    left += at(image, row, 8);
    right += at(image, row, 18);
  }
  BOOST_TEST(right > 3 * left / 2);
}

BOOST_AUTO_TEST_CASE(ink_is_centred_by_mass) {
  const auto middle = rasterized({{{14, 14, 2}, {14, 14, 2}}});
  BOOST_TEST(rasterized({{{18, 9, 2}, {18, 9, 2}}}) == middle, boost::test_tools::per_element());
  BOOST_TEST(rasterized({{{8, 20, 2}, {8, 20, 2}}}) == middle, boost::test_tools::per_element());
  BOOST_TEST(area(rasterized({{{14, 60, 2}, {-90, 60, 2}}})) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
