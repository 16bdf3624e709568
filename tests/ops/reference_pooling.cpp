#include "reference.hpp"
#include "reference_windows.hpp"
#include <algorithm>
#include <cmath>

namespace xgrad::test {
namespace {

/// Pools every sample and channel of x: calls pool(elements) with the values under each window.
Plain pool_windows(const Sample& sample, const Plain& x,
                   const std::function<double(const std::vector<double>&)>& pool) {
  const auto over = geometry(sample, middle(x.shape), list_argument(sample, "size"));
  Plain result(surround(x.rows(), over.positions, x.shape.back()), x.dtype);
  std::vector<std::vector<double>> windows(result.values.size());
  for (std::int64_t n = 0; n < x.rows(); ++n) {
    for_each_tap(over, [&](const Extents& at, const Extents&, const Extents& element) {
      for (std::int64_t c = 0; c < x.shape.back(); ++c) {
        windows[position(result.shape, surround(n, at, c))].push_back(
            x.values[position(x.shape, surround(n, element, c))]);
      }
    });
  }
  std::transform(windows.begin(), windows.end(), result.values.begin(), pool);
  return result;
}

/// As `pool_windows`, over equal parts.
Plain pool_parts(const Plain& x, const Extents& counts, const std::function<double(const std::vector<double>&)>& pool) {
  Plain result(surround(x.rows(), counts, x.shape.back()), x.dtype);
  for_each_index(result.shape, [&](const Extents& index) {
    std::vector<double> part;
    for_each_index(x.shape, [&](const Extents& from) {
      bool is_inside = from.front() == index.front() && from.back() == index.back();
      for (std::size_t axis = 1; axis + 1 < index.size(); ++axis) {
        const auto size = static_cast<double>(x.shape[axis]);
        const auto count = static_cast<double>(result.shape[axis]);
        const auto i = static_cast<double>(index[axis]);
        const auto j = static_cast<double>(from[axis]);
        is_inside = is_inside && j >= std::floor(i * size / count) && j < std::ceil((i + 1) * size / count);
      }
      if (is_inside) part.push_back(x.values[position(x.shape, from)]);
    });
    result.values[position(result.shape, index)] = pool(part);
  });
  return result;
}

double largest(const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); }

double average(const std::vector<double>& values) {
  double sum = 0;
  for (auto value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

Plain max_pool(const Sample& sample, std::span<const Plain> x) { return pool_windows(sample, x[0], largest); }

Plain average_pool(const Sample& sample, std::span<const Plain> x) {
  if (argument(sample, "count_include_pad", 0) == 0) return pool_windows(sample, x[0], average);
  const auto taps = static_cast<double>(element_count(list_argument(sample, "size")));
  return pool_windows(sample, x[0], [=](const std::vector<double>& values) {
    return average(values) * static_cast<double>(values.size()) / taps;
  });
}

Reference adaptive(double (*pool)(const std::vector<double>&)) {
  return [=](const Sample& sample, std::span<const Plain> x) {
    return pool_parts(x[0], list_argument(sample, "counts"), pool);
  };
}

Reference global(double (*pool)(const std::vector<double>&)) {
  return [=](const Sample& sample, std::span<const Plain> x) {
    auto result = pool_parts(x[0], Extents(x[0].shape.size() - 2, 1), pool);
    if (argument(sample, "keepdims", 0) == 0) result.shape = {x[0].rows(), x[0].shape.back()};
    return result;
  };
}

/// The proportion in which element `from` of `size` makes element `to` of `new_size`.
double proportion(const Sample& sample, std::int64_t from, std::int64_t size, std::int64_t to, std::int64_t new_size) {
  const auto i = static_cast<double>(to);
  const auto n = static_cast<double>(size);
  const auto m = static_cast<double>(new_size);
  if (argument(sample, "linear", 0) == 0) return std::floor(i * n / m) == static_cast<double>(from);
  double at = (i + 0.5) * n / m - 0.5;
  if (argument(sample, "align_corners", 0) != 0) at = new_size == 1 ? 0 : i * (n - 1) / (m - 1);
  at = std::min(std::max(at, 0.0), n - 1);
  return std::max(1 - std::abs(at - static_cast<double>(from)), 0.0);
}

Plain interpolate(const Sample& sample, std::span<const Plain> x) {
  Plain result(surround(x[0].rows(), list_argument(sample, "sizes"), x[0].shape.back()));
  for_each_index(result.shape, [&](const Extents& index) {
    for_each_index(middle(x[0].shape), [&](const Extents& element) {
      double weight = 1;
      for (std::size_t axis = 0; axis < element.size(); ++axis) {
        weight *= proportion(sample, element[axis], x[0].shape[axis + 1], index[axis + 1], result.shape[axis + 1]);
      }
      result.values[position(result.shape, index)] +=
          weight * x[0].values[position(x[0].shape, surround(index.front(), element, index.back()))];
    });
  });
  return result;
}

Plain banded_product(const Sample& sample, std::span<const Plain> x) {
  const auto axis = axis_argument(sample, x[0]);
  const auto& matrix = sample.arguments.at("matrix");
  const auto columns = static_cast<std::size_t>(sample.inputs[0].shape()[axis]);
  Extents shape = x[0].shape;
  shape[axis] = static_cast<std::int64_t>(matrix.size() / columns);
  Plain result(shape);
  for_each_index(shape, [&](const Extents& index) {
    Extents from = index;
    for (from[axis] = 0; from[axis] < x[0].shape[axis]; ++from[axis]) {
      const auto row = static_cast<std::size_t>(index[axis]);
      result.values[position(shape, index)] +=
          matrix[row * columns + static_cast<std::size_t>(from[axis])] * x[0].values[position(x[0].shape, from)];
    }
  });
  return result;
}

}  // namespace

References pooling_references() {
  return {
      {"max_pool1d", max_pool},
      {"max_pool2d", max_pool},
      {"max_pool3d", max_pool},
      {"average_pool1d", average_pool},
      {"average_pool2d", average_pool},
      {"average_pool3d", average_pool},
      {"adaptive_max_pool1d", adaptive(largest)},
      {"adaptive_max_pool2d", adaptive(largest)},
      {"adaptive_max_pool3d", adaptive(largest)},
      {"adaptive_average_pool1d", adaptive(average)},
      {"adaptive_average_pool2d", adaptive(average)},
      {"adaptive_average_pool3d", adaptive(average)},
      {"global_max_pool", global(largest)},
      {"global_average_pool", global(average)},
      {"interpolate", interpolate},
      {"banded_product", banded_product},
  };
}

}  // namespace xgrad::test
