#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/data/digit_sheet.hpp>

#include <boost/test/unit_test.hpp>

#include "../../framework/io/temporary_folder.hpp"
#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace std::string_literals;
using Bytes = xt::xarray<std::uint8_t>;

auto says(std::string part) {
  return [part](const xgrad::Error& error) { return std::string(error.what()).find(part) != std::string::npos; };
}

/// Three images of 2 x 3.
const Bytes images{{{0, 255, 0}, {0, 255, 0}}, {{255, 255, 255}, {0, 0, 0}}, {{128, 0, 28}, {128, 255, 28}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(digit_sheet)

BOOST_AUTO_TEST_CASE(ascii_is_a_character_for_each_pixel) {
  const Bytes image{{0, 28, 57, 85, 113}, {142, 170, 198, 227, 255}};
  BOOST_TEST(xgrad::ascii_digit(image) == " .:-=\n+*#%@\n");
  BOOST_CHECK_EXCEPTION(xgrad::ascii_digit(images), xgrad::ShapeError, says("received shape (3, 2, 3)"));
}

BOOST_AUTO_TEST_CASE(a_sheet_has_a_line_for_two_rows_of_pixels) {
  BOOST_TEST(xgrad::digit_sheet(images, 1, 3) == " @ +++++.\n");
  BOOST_TEST(xgrad::digit_sheet(images, 2, 1) == " @ \n+++\n");
  // The last row of an odd height has no partner.
  BOOST_TEST(xgrad::digit_sheet(xt::ones<std::uint8_t>({1, 3, 1}) * 255, 1, 1) == "@\n+\n");
  BOOST_TEST(xgrad::digit_sheet(images, 0, 7) == "");
}

BOOST_AUTO_TEST_CASE(a_sheet_with_more_places_than_images_is_rejected) {
  BOOST_CHECK_EXCEPTION(xgrad::digit_sheet(images, 2, 2), xgrad::ShapeError,
                        says("at least 4, received shape (3, 2, 3)"));
  BOOST_CHECK_EXCEPTION(xgrad::digit_sheet(Bytes{1, 2, 3}, 1, 1), xgrad::ShapeError, says("received shape (3,)"));
  BOOST_CHECK_THROW(xgrad::write_digit_sheet("unused", images, 4, 1), xgrad::ShapeError);
}

BOOST_AUTO_TEST_CASE(the_picture_holds_the_pixels_of_every_image) {
  xgrad::test::TemporaryFolder folder;
  const auto path = folder.path() / "sheet.pgm";
  xgrad::write_digit_sheet(path, images, 1, 2);
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  const auto expected =
      "P5\n8 3\n255\n"
      "\0\xff\0@\xff\xff\xff@"
      "\0\xff\0@\0\0\0@"
      "@@@@@@@@"s;
  BOOST_TEST((content == expected));
}

BOOST_AUTO_TEST_SUITE_END()
