#include <xgrad/models/data/digits/glyphs.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(glyphs)

BOOST_AUTO_TEST_CASE(every_digit_can_be_written_in_several_ways) {
  for (int digit = 0; digit < 10; ++digit) {
    const auto ways = xgrad::digits::glyphs(digit);
    BOOST_TEST(ways.size() >= 3u);
    for (const auto& glyph : ways) {
      BOOST_TEST(glyph.weight > 0);
      BOOST_TEST(!glyph.strokes.empty());
      float top = 1, bottom = 0;
      for (const auto& stroke : glyph.strokes) {
        BOOST_TEST(stroke.size() >= 2u);
        for (const auto& knot : stroke) {
          BOOST_TEST((knot.x >= 0 && knot.x <= 1 && knot.y >= 0 && knot.y <= 1));
          top = std::min(top, knot.y);
          bottom = std::max(bottom, knot.y);
        }
      }
      BOOST_TEST(bottom - top > 0.85f);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
