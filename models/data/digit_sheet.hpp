#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace xgrad {
namespace internal {

// For the inline functions below: no type of xtensor crosses the border of the shared library (docs/safety.md).
std::string ascii_digit(const ArrayRef& image);
std::string digit_sheet(const ArrayRef& images, std::size_t rows, std::size_t columns);
void write_digit_sheet(const std::filesystem::path& path, const ArrayRef& images, std::size_t rows,
                       std::size_t columns);

}  // namespace internal

/// The image, (height, width), as text: a line for each row of pixels and a character for each pixel, from ' ' for 0 to
/// '@' for 255. Throws ShapeError when the image is not of rank 2.
inline std::string ascii_digit(const xt::xarray<std::uint8_t>& image) { return internal::ascii_digit(image); }

/// The first `rows` x `columns` of the images, (count, height, width), side by side as text. A line stands for two rows
/// of pixels, because characters are about twice as high as wide: digits keep their proportions. Throws ShapeError when
/// the images are not of rank 3, or fewer than the sheet has places.
inline std::string digit_sheet(const xt::xarray<std::uint8_t>& images, std::size_t rows, std::size_t columns) {
  return internal::digit_sheet(images, rows, columns);
}

/// Writes the first `rows` x `columns` of the images, (count, height, width), to one picture in the PGM format, a grey
/// line between them. Throws as `digit_sheet` does, and FileError when the file cannot be written.
inline void write_digit_sheet(const std::filesystem::path& path, const xt::xarray<std::uint8_t>& images,
                              std::size_t rows, std::size_t columns) {
  internal::write_digit_sheet(path, images, rows, columns);
}

}  // namespace xgrad
