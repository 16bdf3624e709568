#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/io/atomic_write.hpp>
#include <xgrad/models/data/digit_sheet.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

namespace xgrad {
namespace {

constexpr std::string_view ramp = " .:-=+*#%@";
constexpr std::uint8_t line_grey = 64;

char character(unsigned grey) { return ramp[(grey * (ramp.size() - 1) + 127) / 255]; }

/// Images of one size, and their pixels by index.
struct Images {
  std::span<const std::uint8_t> pixels;
  std::size_t height, width;

  const std::uint8_t& operator()(std::size_t image, std::size_t y, std::size_t x) const {
    return pixels[(image * height + y) * width + x];
  }
};

Images require_places(const char* where, const ArrayRef& images, std::size_t places) {
  const auto& shape = images.shape();
  if (shape.size() != 3 || static_cast<std::size_t>(shape[0]) < places) {
    throw ShapeError(
        fmt::format("{}: expected images of shape (count, height, width) with a count of at least {}, "
                    "received shape {}; make a smaller sheet",
                    where, places, to_string(shape)));
  }
  return {images.elements<std::uint8_t>(), static_cast<std::size_t>(shape[1]), static_cast<std::size_t>(shape[2])};
}

}  // namespace

std::string internal::ascii_digit(const ArrayRef& image) {
  const auto& shape = image.shape();
  if (shape.size() != 2) {
    throw ShapeError(
        fmt::format("ascii_digit: expected one image of shape (height, width), received shape {}", to_string(shape)));
  }
  const Images pixels{image.elements<std::uint8_t>(), static_cast<std::size_t>(shape[0]),
                      static_cast<std::size_t>(shape[1])};
  std::string text;
  for (std::size_t row = 0; row < pixels.height; ++row) {
    for (std::size_t column = 0; column < pixels.width; ++column) text += character(pixels(0, row, column));
    text += '\n';
  }
  return text;
}

std::string internal::digit_sheet(const ArrayRef& array, std::size_t rows, std::size_t columns) {
  const auto images = require_places("digit_sheet", array, rows * columns);
  const auto height = images.height, width = images.width;
  std::string text;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t y = 0; y < height; y += 2) {
      for (std::size_t column = 0; column < columns; ++column) {
        const auto image = row * columns + column;
        for (std::size_t x = 0; x < width; ++x) {
          const unsigned upper = images(image, y, x), lower = y + 1 < height ? images(image, y + 1, x) : 0;
          text += character((upper + lower + 1) / 2);
        }
      }
      text += '\n';
    }
  }
  return text;
}

void internal::write_digit_sheet(const std::filesystem::path& path, const ArrayRef& array, std::size_t rows,
                                 std::size_t columns) {
  const auto images = require_places("write_digit_sheet", array, rows * columns);
  const auto height = images.height, width = images.width;
  const auto sheet_height = rows * (height + 1), sheet_width = columns * (width + 1);
  std::vector<std::uint8_t> sheet(sheet_height * sheet_width, line_grey);
  for (std::size_t image = 0; image < rows * columns; ++image) {
    for (std::size_t y = 0; y < height; ++y) {
      const auto line = (image / columns * (height + 1) + y) * sheet_width + image % columns * (width + 1);
      std::copy_n(images.pixels.data() + (image * height + y) * width, width,
                  sheet.begin() + static_cast<std::ptrdiff_t>(line));
    }
  }
  const auto header = fmt::format("P5\n{} {}\n255\n", sheet_width, sheet_height);
  write_atomically(path, {std::as_bytes(std::span(header)), std::as_bytes(std::span(sheet))});
}

}  // namespace xgrad
