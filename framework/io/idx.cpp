#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/io/atomic_write.hpp>
#include <xgrad/framework/io/idx.hpp>
#include <xgrad/framework/io/input_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace xgrad {
namespace {

constexpr std::uint8_t uint8_code = 0x08;

constexpr std::array<std::pair<std::uint8_t, const char*>, 6> dtypes{
    {{uint8_code, "uint8"}, {0x09, "int8"}, {0x0b, "int16"}, {0x0c, "int32"}, {0x0d, "float32"}, {0x0e, "float64"}}};

[[noreturn]] void reject(const InputFile& file, const std::string& expected, const std::string& received) {
  throw FormatError(
      fmt::format("read_idx: {}: expected {}, received {}; fetch the file again or check that it is the right one",
                  file.path().string(), expected, received));
}

/// The next N bytes of the header.
template <std::size_t N>
std::array<std::uint8_t, N> read_header(InputFile& file, const char* part) {
  std::array<std::uint8_t, N> bytes{};
  if (const auto count = file.read(std::as_writable_bytes(std::span(bytes))); count < N) {
    reject(file, fmt::format("{} bytes for {}", N, part), fmt::format("{} before the end of the file", count));
  }
  return bytes;
}

/// The rank, once the four bytes that every IDX file starts with are known to be right.
std::size_t read_rank(InputFile& file) {
  const auto [zero, second_zero, code, rank] = read_header<4>(file, "the magic number");
  if (zero != 0 || second_zero != 0) {
    reject(file, "an IDX file, which starts with the bytes 00 00", fmt::format("{:02x} {:02x}", zero, second_zero));
  }
  if (code != uint8_code) {
    auto known = std::find_if(dtypes.begin(), dtypes.end(), [code = code](auto& dtype) { return dtype.first == code; });
    reject(file, "elements of dtype uint8 (08)",
           fmt::format("{} ({:02x})", known == dtypes.end() ? "an unknown dtype" : known->second, code));
  }
  if (rank == 0) reject(file, "a rank of 1 to 255", "0");
  return rank;
}

Extents read_shape(InputFile& file) {
  Extents shape(read_rank(file));
  // A size of 0 must not hide sizes whose strides cannot be counted.
  std::int64_t product = 1;
  for (auto& size : shape) {
    const auto bytes = read_header<4>(file, "a size");
    size = std::int64_t{bytes[0]} << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    const auto factor = std::max<std::int64_t>(size, 1);
    if (product > std::numeric_limits<std::int64_t>::max() / factor) {
      reject(file, "sizes whose product can be counted",
             fmt::format("a shape that starts with {}", to_string(std::span(shape.data(), &size + 1))));
    }
    product *= factor;
  }
  return shape;
}

/// The elements, rank 1. Memory is taken as it fills up, so a header that lies cannot ask for more than twice the file.
Array read_elements(InputFile& file, const Extents& shape, std::size_t count) {
  constexpr std::size_t first_piece = 1 << 20;
  Array elements(DType::uint8, {0});
  for (std::size_t held = 0, capacity = 0; capacity < count;) {
    capacity = std::min(count, std::max(first_piece, 2 * capacity));
    Array larger(DType::uint8, {static_cast<std::int64_t>(capacity)});
    std::ranges::copy(elements.bytes(), larger.bytes().begin());
    elements = std::move(larger);
    held += file.read(elements.bytes().subspan(held));
    if (held < capacity) {
      reject(file, fmt::format("{} bytes for the elements of shape {}", count, to_string(shape)),
             fmt::format("{} before the end of the file", held));
    }
  }
  return elements;
}

}  // namespace

Array internal::read_idx(const std::filesystem::path& path, const std::function<void(const Extents&)>& check_shape) {
  InputFile file(path);
  const auto shape = read_shape(file);
  check_shape(shape);
  std::size_t count = 1;
  for (auto size : shape) count *= static_cast<std::size_t>(size);

  auto elements = read_elements(file, shape, count);
  if (std::byte more; file.read({&more, 1}) > 0) {
    reject(file,
           fmt::format("the end of the file after {} bytes for the elements of shape {}", count, to_string(shape)),
           "more bytes");
  }
  return std::move(elements).reshaped(shape);
}

std::vector<std::byte> idx_header(std::span<const std::size_t> shape) {
  if (shape.empty() || shape.size() > 255) {
    throw ValueError(
        fmt::format("write_idx: expected a rank of 1 to 255, received {}; reshape the array", shape.size()));
  }
  std::vector<std::byte> header{std::byte{0}, std::byte{0}, std::byte{uint8_code},
                                static_cast<std::byte>(shape.size())};
  for (auto size : shape) {
    if (size > std::numeric_limits<std::uint32_t>::max()) {
      throw ValueError(fmt::format("write_idx: expected sizes of at most 32 bits, received {}; split the array", size));
    }
    for (int shift : {24, 16, 8, 0}) header.push_back(static_cast<std::byte>(size >> shift & 0xff));
  }
  return header;
}

void internal::write_idx(const std::filesystem::path& path, const ArrayRef& array) {
  const std::vector<std::size_t> shape(array.shape().begin(), array.shape().end());
  const auto header = idx_header(shape);
  write_atomically(path, {header, std::as_bytes(array.elements<std::uint8_t>())});
}

}  // namespace xgrad
