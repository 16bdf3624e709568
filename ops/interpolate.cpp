#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/windows.hpp>
#include <xgrad/ops/banded_product.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/interpolate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xgrad {
namespace {

BandedMatrix nearest(std::int64_t from, std::int64_t to) {
  BandedMatrix matrix{from};
  for (std::int64_t i = 0; i < to; ++i)
    matrix.rows.push_back({i * (from / to) + i * (from % to) / to, {1}});  // i * from / to
  return matrix;
}

BandedMatrix linear(std::int64_t from, std::int64_t to, bool align_corners) {
  BandedMatrix matrix{from};
  const auto numerator = static_cast<double>(align_corners ? from - 1 : from);
  const auto denominator = static_cast<double>(align_corners ? std::max<std::int64_t>(to - 1, 1) : to);
  const double offset = align_corners ? 0 : 0.5;
  for (std::int64_t i = 0; i < to; ++i) {
    const double at = std::max((static_cast<double>(i) + offset) * numerator / denominator - offset, 0.0);
    const auto before = std::min(static_cast<std::int64_t>(at), from - 1);
    const double weight = at - static_cast<double>(before);
    if (weight == 0 || before == from - 1) {
      matrix.rows.push_back({before, {1}});
    } else {
      matrix.rows.push_back({before, {1 - weight, weight}});
    }
  }
  return matrix;
}

bool is_linear(const InterpolateOptions& options, std::size_t rank) {
  const auto& method = options.method;
  const bool is_nearest = method == "nearest";
  if (!is_nearest && method != "linear" && !(method == "bilinear" && rank == 2) &&
      !(method == "trilinear" && rank == 3)) {
    throw ValueError(
        fmt::format("interpolate: expected the method nearest, linear, bilinear over 2 axes or trilinear "
                    "over 3, but got {} over {}; choose one of them",
                    method, rank));
  }
  if (is_nearest && options.align_corners) {
    throw ValueError("interpolate: expected no align_corners with the method nearest; choose linear or leave it out");
  }
  return !is_nearest;
}

}  // namespace

Tensor interpolate(const Tensor& x, const WindowSizes& sizes, const InterpolateOptions& options) {
  expect_floating("interpolate", x.dtype());
  const auto from = window_sizes("interpolate", x.shape());
  const auto to = sizes.along("interpolate", "sizes", from.size());
  const bool between = is_linear(options, from.size());
  Tensor result = x;
  for (std::size_t axis = 0; axis < from.size(); ++axis) {
    if (from[axis] == 0) {
      throw ShapeError(
          fmt::format("interpolate: axis {} of shape {} is empty and cannot become {} of sizes {}; give it "
                      "elements",
                      axis + 1, x.shape().to_string(), to[axis], to_string(to)));
    }
    if (from[axis] == to[axis]) continue;
    expect_listable("interpolate", "weights", to[axis]);
    const auto matrix = between ? linear(from[axis], to[axis], options.align_corners) : nearest(from[axis], to[axis]);
    result = banded_product(matrix, result, static_cast<std::int64_t>(axis) + 1);
  }
  return result;
}

static const Register registered_interpolate{{
    .name = "interpolate",
    .family = OperatorFamily::neural,
    .signature = "interpolate(x, sizes, {method = \"nearest\", align_corners = false})",
    .summary = "Images and the like resized, to the nearest element or linearly between elements.",
    .formula = "y[n, i, c] = (1 - w) * x[n, j, c] + w * x[n, j + 1, c] with j + w the place of i among the elements",
    .gradient = "c, spread over the elements in the proportions of the formula",
    .shapes = "x (n, sizes..., channels) of one to three axes: (n, new sizes..., channels)",
}};

}  // namespace xgrad
