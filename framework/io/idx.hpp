#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace xgrad {
namespace internal {

// For the inline functions below: no type of xtensor crosses the border of the shared library (docs/safety.md).
Array read_idx(const std::filesystem::path& path, const std::function<void(const Extents&)>& check_shape);
void write_idx(const std::filesystem::path& path, const ArrayRef& array);

}  // namespace internal

/// Reads an IDX file of uint8 elements, the format of MNIST; the file may be gzip.
///
/// IDX is two zero bytes, a byte for the dtype (8 is uint8), a byte for the rank, each size as four bytes with the
/// highest first, then the elements in row-major order (Y. LeCun, C. Cortes, C. Burges: "The MNIST database of
/// handwritten digits"). Allocates in proportion to what the file holds, not to what its header claims. Throws
/// FileError when the file cannot be read, and FormatError when it is not exactly that.
inline xt::xarray<std::uint8_t> read_idx(const std::filesystem::path& path) {
  return internal::read_idx(path, [](const Extents&) {});
}

/// The same for a file of which more is known: `check_shape` is given the shape that the header names before any
/// element is read, and throws when it is another one than it can be. A small gzip file may hold gigabytes.
inline xt::xarray<std::uint8_t> read_idx(const std::filesystem::path& path,
                                         const std::function<void(const Extents&)>& check_shape) {
  return internal::read_idx(path, check_shape);
}

/// Writes an IDX file, not compressed. `path` holds its old content or the whole new one at any moment.
/// Throws ValueError when the rank is not 1 to 255 or a size needs more than 32 bits, FileError when it cannot be
/// written.
inline void write_idx(const std::filesystem::path& path, const xt::xarray<std::uint8_t>& array) {
  internal::write_idx(path, array);
}

/// The bytes of an IDX file of uint8 elements that come before the elements. Throws ValueError as `write_idx` does.
std::vector<std::byte> idx_header(std::span<const std::size_t> shape);

}  // namespace xgrad
