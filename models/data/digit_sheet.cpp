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

void require_places(const char* where, const xt::xarray<std::uint8_t>& images, std::size_t places) {
  if (images.dimension() != 3 || images.shape(0) < places) {
    throw ShapeError(
        fmt::format("{}: expected images of shape (count, height, width) with a count of at least {}, "
                    "received shape {}; make a smaller sheet",
                    where, places, to_string(Extents(images.shape().begin(), images.shape().end()))));
  }
}

}  // namespace

std::string ascii_digit(const xt::xarray<std::uint8_t>& image) {
  if (image.dimension() != 2) {
    throw ShapeError(fmt::format("ascii_digit: expected one image of shape (height, width), received shape {}",
                                 to_string(Extents(image.shape().begin(), image.shape().end()))));
  }
  std::string text;
  for (std::size_t row = 0; row < image.shape(0); ++row) {
    for (std::size_t column = 0; column < image.shape(1); ++column) text += character(image(row, column));
    text += '\n';
  }
  return text;
}

std::string digit_sheet(const xt::xarray<std::uint8_t>& images, std::size_t rows, std::size_t columns) {
  require_places("digit_sheet", images, rows * columns);
  const auto height = images.shape(1), width = images.shape(2);
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

void write_digit_sheet(const std::filesystem::path& path, const xt::xarray<std::uint8_t>& images, std::size_t rows,
                       std::size_t columns) {
  require_places("write_digit_sheet", images, rows * columns);
  const auto height = images.shape(1), width = images.shape(2);
  const auto sheet_height = rows * (height + 1), sheet_width = columns * (width + 1);
  std::vector<std::uint8_t> sheet(sheet_height * sheet_width, line_grey);
  for (std::size_t image = 0; image < rows * columns; ++image) {
    for (std::size_t y = 0; y < height; ++y) {
      const auto line = (image / columns * (height + 1) + y) * sheet_width + image % columns * (width + 1);
      std::copy_n(&images(image, y, 0), width, sheet.begin() + static_cast<std::ptrdiff_t>(line));
    }
  }
  const auto header = fmt::format("P5\n{} {}\n255\n", sheet_width, sheet_height);
  write_atomically(path, {std::as_bytes(std::span(header)), std::as_bytes(std::span(sheet))});
}

}  // namespace xgrad
