#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/pixel_shuffle.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <array>
#include <numeric>

namespace xgrad {
namespace {

void check(std::string_view where, const Tensor& x, std::int64_t r) {
  if (r < 1 || r > 32767) throw ValueError(fmt::format("{}: expected a factor of 1 to 32767, but got {}", where, r));
  if (x.rank() < 3) {
    throw ShapeError(fmt::format("{}: expected x of shape (..., channels, height, width), but got {}; reshape it",
                                 where, x.shape().to_string()));
  }
}

[[noreturn]] void reject(std::string_view where, const Tensor& x, std::string_view sizes, std::int64_t divisor) {
  throw ShapeError(fmt::format("{}: expected {} to divide {} of x {}; choose another factor or pad x", where, divisor,
                               sizes, x.shape().to_string()));
}

/// The last axes of x split into five, put into another order and merged into three. What is before stays.
Tensor rearranged(const Tensor& x, std::array<Dim, 5> split, std::array<std::int64_t, 5> order,
                  std::array<Dim, 3> merged) {
  const auto leading = x.rank() - 3;
  std::vector<Dim> dims(x.shape().begin(), x.shape().begin() + static_cast<std::ptrdiff_t>(leading));
  std::vector<Dim> result = dims;
  dims.insert(dims.end(), split.begin(), split.end());
  result.insert(result.end(), merged.begin(), merged.end());
  std::vector<std::int64_t> axes(leading);
  std::iota(axes.begin(), axes.end(), 0);
  for (auto axis : order) axes.push_back(static_cast<std::int64_t>(leading) + axis);
  return reshape(transpose(reshape(x, Shape(dims)), axes), Shape(result));
}

}  // namespace

Tensor pixel_shuffle(const Tensor& x, std::int64_t r) {
  check("pixel_shuffle", x, r);
  const auto last = x.shape().end();
  const Dim height = *(last - 2), width = *(last - 1);
  const auto channels = (last - 3)->divided_by(r * r);
  if (!channels) reject("pixel_shuffle", x, "the channels", r * r);
  return rearranged(x, {*channels, r, r, height, width}, {0, 3, 1, 4, 2}, {*channels, height * r, width * r});
}

Tensor pixel_unshuffle(const Tensor& x, std::int64_t r) {
  check("pixel_unshuffle", x, r);
  const auto last = x.shape().end();
  const Dim channels = *(last - 3);
  const auto height = (last - 2)->divided_by(r);
  const auto width = (last - 1)->divided_by(r);
  if (!height || !width) reject("pixel_unshuffle", x, "the height and the width", r);
  return rearranged(x, {channels, *height, r, *width, r}, {0, 2, 4, 1, 3}, {channels * (r * r), *height, *width});
}

static const Register registered_pixel_shuffle{{
    .name = "pixel_shuffle",
    .family = OperatorFamily::neural,
    .signature = "pixel_shuffle(x, r)",
    .summary = "Larger images from more channels: each pixel becomes a square of r * r.",
    .formula = "result[c, h * r + i, w * r + j] = x[c * r * r + i * r + j, h, w]",
    .gradient = "pixel_unshuffle(c, r)",
    .shapes = "x (..., c * r * r, h, w): (..., c, h * r, w * r)",
}};

static const Register registered_pixel_unshuffle{{
    .name = "pixel_unshuffle",
    .family = OperatorFamily::neural,
    .signature = "pixel_unshuffle(x, r)",
    .summary = "More channels from larger images: each square of r * r becomes a pixel.",
    .formula = "result[c * r * r + i * r + j, h, w] = x[c, h * r + i, w * r + j]",
    .gradient = "pixel_shuffle(c, r)",
    .shapes = "x (..., c, h * r, w * r): (..., c * r * r, h, w)",
}};

}  // namespace xgrad
