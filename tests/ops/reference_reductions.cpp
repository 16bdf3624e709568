#include "reference.hpp"
#include <algorithm>
#include <numeric>
#include <tuple>

namespace xgrad::test {
namespace {

struct Over {
  std::vector<std::size_t> axes;
  bool keepdims = false;
};

/// The arguments of a sample of `reduction_samples`.
Over over(const Sample& sample, const Plain& x) {
  Over result{{}, argument(sample, "keepdims", 0) != 0};
  for (auto axis : list_argument(sample, "axes")) {
    result.axes.push_back(static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(x.shape.size()) : axis));
  }
  if (result.axes.empty()) {
    result.axes.resize(x.shape.size());
    std::iota(result.axes.begin(), result.axes.end(), std::size_t{0});
  }
  return result;
}

/// `fold` of the elements that meet in each element of the result.
Reference reduction(double (*fold)(const std::vector<double>&)) {
  return [=](const Sample& sample, std::span<const Plain> inputs) {
    const Plain& x = inputs[0];
    const auto [axes, keepdims] = over(sample, x);
    Extents kept = x.shape;
    for (auto axis : axes) kept[axis] = 1;
    Plain result(kept, x.dtype);
    std::vector<std::vector<double>> groups(result.values.size());
    for_each_index(x.shape, [&](const Extents& index) {
      groups[position(kept, index)].push_back(x.values[position(x.shape, index)]);
    });
    std::transform(groups.begin(), groups.end(), result.values.begin(), fold);
    if (keepdims) return result;
    Extents shape;
    for (std::size_t axis = 0; axis < kept.size(); ++axis) {
      if (std::find(axes.begin(), axes.end(), axis) == axes.end()) shape.push_back(kept[axis]);
    }
    return with_shape(result, shape);
  };
}

double total(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

Plain argmax(const Sample& sample, std::span<const Plain> inputs) {
  const Plain& x = inputs[0];
  const std::size_t axis = axis_argument(sample, x);
  Extents shape = x.shape;
  shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
  Plain result(shape, DType::int64);
  std::size_t next = 0;
  for_each_line(x.shape, axis, [&](const std::vector<std::size_t>& line) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (x.values[line[i]] > x.values[line[best]]) best = i;
    }
    result.values[next++] = static_cast<double>(best);
  });
  return result;
}

Plain layer_norm(const Sample& sample, std::span<const Plain> inputs) {
  const auto& [x, scale, offset] = std::tie(inputs[0], inputs[1], inputs[2]);
  const double epsilon = argument(sample, "epsilon", 1e-5);
  const std::size_t count = scale.values.size();
  Plain result = x;
  for (std::size_t first = 0; first < x.values.size(); first += count) {
    double mean = 0;
    for (std::size_t i = 0; i < count; ++i) mean += x.values[first + i] / static_cast<double>(count);
    double variance = 0;
    for (std::size_t i = 0; i < count; ++i) {
      variance += (x.values[first + i] - mean) * (x.values[first + i] - mean) / static_cast<double>(count);
    }
    for (std::size_t i = 0; i < count; ++i) {
      result.values[first + i] =
          (x.values[first + i] - mean) / std::sqrt(variance + epsilon) * scale.values[i] + offset.values[i];
    }
  }
  return result;
}

}  // namespace

References reduction_references() {
  return {
      {"sum", reduction(total)},
      {"mean", reduction([](const auto& values) { return total(values) / static_cast<double>(values.size()); })},
      {"max", reduction([](const auto& values) { return *std::max_element(values.begin(), values.end()); })},
      {"min", reduction([](const auto& values) { return *std::min_element(values.begin(), values.end()); })},
      {"logsumexp", reduction([](const auto& values) {
         double sum = 0;
         for (double value : values) sum += std::exp(value);
         return std::log(sum);
       })},
      {"argmax", argmax},
      {"layer_norm", layer_norm},
  };
}

}  // namespace xgrad::test
