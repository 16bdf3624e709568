#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/windows.hpp>
#include <xgrad/ops/average_pool.hpp>
#include <xgrad/ops/banded_product.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/pooling_entry.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xgrad {
namespace {

/// The average over each window: along one axis after the other, as the number of elements of a window is the product
/// of those along each axis.
Tensor average_over(std::string_view where, const Tensor& x, const Windows& windows, bool count_include_pad) {
  expect_floating(where, x.dtype());
  Tensor result = x;
  std::int64_t position = 0;
  for (const auto& axis : windows.axes()) {
    BandedMatrix matrix{axis.size};
    expect_listable(where, "weights", (CheckedSize(where, axis.count) * std::min(axis.taps, axis.size)).value());
    for (std::int64_t index = 0; index < axis.count; ++index) {
      const auto window = axis.window(index);
      const auto divisor = count_include_pad ? axis.taps : window.count;
      matrix.rows.push_back(
          {window.element, std::vector(static_cast<std::size_t>(window.count), 1 / static_cast<double>(divisor))});
    }
    result = banded_product(matrix, result, ++position);
  }
  return result;
}

Tensor average_pool(std::string_view where, std::size_t rank, const Tensor& x, const WindowSizes& size,
                    const AveragePoolOptions& options) {
  const WindowOptions moving{.strides = options.strides, .padding = options.padding};
  return average_over(where, x, pooling_windows(where, x.shape(), size, moving, rank), options.count_include_pad);
}

Tensor adaptive_average_pool(std::string_view where, std::size_t rank, const Tensor& x, const WindowSizes& counts) {
  return average_over(where, x, equal_windows(where, x.shape(), counts, rank), false);
}

}  // namespace

Tensor average_pool1d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options) {
  return average_pool("average_pool1d", 1, x, size, options);
}
Tensor average_pool2d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options) {
  return average_pool("average_pool2d", 2, x, size, options);
}
Tensor average_pool3d(const Tensor& x, const WindowSizes& size, const AveragePoolOptions& options) {
  return average_pool("average_pool3d", 3, x, size, options);
}

Tensor adaptive_average_pool1d(const Tensor& x, const WindowSizes& counts) {
  return adaptive_average_pool("adaptive_average_pool1d", 1, x, counts);
}
Tensor adaptive_average_pool2d(const Tensor& x, const WindowSizes& counts) {
  return adaptive_average_pool("adaptive_average_pool2d", 2, x, counts);
}
Tensor adaptive_average_pool3d(const Tensor& x, const WindowSizes& counts) {
  return adaptive_average_pool("adaptive_average_pool3d", 3, x, counts);
}

Tensor global_average_pool(const Tensor& x, bool keepdims) {
  const auto rank = window_sizes("global_average_pool", x.shape()).size();
  equal_windows("global_average_pool", x.shape(), 1, rank);  // refuses empty axes
  std::vector<std::int64_t> axes(rank);
  std::iota(axes.begin(), axes.end(), 1);
  return mean(x, Axes(std::move(axes)), keepdims);
}

static const PoolingTexts average_pool_texts{"Average of the elements", "mean", "c / number of elements averaged"};

static const Register registered_average_pool1d{
    pooling_entry("average_pool1d", average_pool_texts, "count_include_pad = false")};
static const Register registered_average_pool2d{
    pooling_entry("average_pool2d", average_pool_texts, "count_include_pad = false")};
static const Register registered_average_pool3d{
    pooling_entry("average_pool3d", average_pool_texts, "count_include_pad = false")};
static const Register registered_adaptive_average_pool1d{
    adaptive_pooling_entry("adaptive_average_pool1d", average_pool_texts)};
static const Register registered_adaptive_average_pool2d{
    adaptive_pooling_entry("adaptive_average_pool2d", average_pool_texts)};
static const Register registered_adaptive_average_pool3d{
    adaptive_pooling_entry("adaptive_average_pool3d", average_pool_texts)};
static const Register registered_global_average_pool{global_pooling_entry("global_average_pool", average_pool_texts)};

}  // namespace xgrad
