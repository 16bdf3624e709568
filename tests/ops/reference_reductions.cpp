#include "reference.hpp"
#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <optional>
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
Reference reduction(std::function<double(const Sample&, std::vector<double>)> fold, std::optional<DType> dtype = {}) {
  return [=](const Sample& sample, std::span<const Plain> inputs) {
    const Plain& x = inputs[0];
    const auto [axes, keepdims] = over(sample, x);
    Extents kept = x.shape;
    for (auto axis : axes) kept[axis] = 1;
    Plain result(kept, dtype.value_or(x.dtype));
    std::vector<std::vector<double>> groups(result.values.size());
    for_each_index(x.shape, [&](const Extents& index) {
      groups[position(kept, index)].push_back(x.values[position(x.shape, index)]);
    });
    std::transform(groups.begin(), groups.end(), result.values.begin(),
                   [&](const auto& group) { return fold(sample, group); });
    if (keepdims) return result;
    Extents shape;
    for (std::size_t axis = 0; axis < kept.size(); ++axis) {
      if (std::find(axes.begin(), axes.end(), axis) == axes.end()) shape.push_back(kept[axis]);
    }
    return with_shape(result, shape);
  };
}

/// The same for a fold that needs nothing of the sample.
Reference reduction(double (*fold)(const std::vector<double>&), std::optional<DType> dtype = {}) {
  return reduction([=](const Sample&, const std::vector<double>& values) { return fold(values); }, dtype);
}

double total(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }
double mean(const std::vector<double>& values) { return total(values) / static_cast<double>(values.size()); }
double nonzeros(const std::vector<double>& values) {
  return static_cast<double>(values.size()) - static_cast<double>(std::count(values.begin(), values.end(), 0.0));
}

std::vector<double> numbers(const std::vector<double>& values) {
  std::vector<double> result;
  std::copy_if(values.begin(), values.end(), std::back_inserter(result), [](double x) { return !std::isnan(x); });
  return result;
}

double variance(const Sample& sample, const std::vector<double>& values) {
  double squares = 0;
  for (double value : values) squares += (value - mean(values)) * (value - mean(values));
  return squares / (static_cast<double>(values.size()) - argument(sample, "ddof", 0));
}

double norm(const Sample& sample, const std::vector<double>& values) {
  const double order = argument(sample, "order", 2);
  double largest = 0;
  double powers = 0;
  for (double value : values) {
    largest = std::max(largest, std::abs(value));
    powers += std::pow(std::abs(value), order);
  }
  return std::isinf(order) ? largest : std::pow(powers, 1 / order);
}

double median(const Sample&, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto count = values.size();
  return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/// argmax and argmin: `sign` times the elements is to be largest.
Reference extremum_index(double sign) {
  return [=](const Sample& sample, std::span<const Plain> inputs) {
    const Plain& x = inputs[0];
    const bool is_flat = !sample.arguments.contains("axis");
    const auto count = static_cast<std::int64_t>(x.values.size());
    const Extents searched = is_flat ? Extents{count} : x.shape;
    const std::size_t axis = is_flat ? 0 : axis_argument(sample, x);
    Extents shape = is_flat ? Extents(x.shape.size(), 1) : x.shape;
    if (!is_flat) shape[axis] = 1;
    Plain result(shape, DType::int64);
    std::size_t next = 0;
    for_each_line(searched, axis, [&](const std::vector<std::size_t>& line) {
      std::size_t best = 0;
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (sign * x.values[line[i]] > sign * x.values[line[best]]) best = i;
      }
      result.values[next++] = static_cast<double>(best);
    });
    if (argument(sample, "keepdims", 0) != 0) return result;
    if (is_flat) return with_shape(result, {});
    shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
    return with_shape(result, shape);
  };
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
      {"sum", widened(reduction(total))},
      {"mean", reduction(mean)},
      {"nansum", widened(reduction([](const auto& values) { return total(numbers(values)); }))},
      {"nanmean", reduction([](const auto& values) { return mean(numbers(values)); })},
      {"prod", widened(reduction([](const auto& values) {
         return std::accumulate(values.begin(), values.end(), 1.0, std::multiplies<>());
       }))},
      {"var", reduction(variance)},
      {"std", reduction([](const Sample& sample, const std::vector<double>& values) {
         return std::sqrt(variance(sample, values));
       })},
      {"norm", reduction(norm)},
      {"median", reduction(median)},
      {"any", reduction([](const auto& values) { return nonzeros(values) > 0 ? 1.0 : 0.0; }, DType::boolean)},
      {"all",
       reduction([](const auto& values) { return nonzeros(values) == static_cast<double>(values.size()) ? 1.0 : 0.0; },
                 DType::boolean)},
      {"count_nonzero", reduction(nonzeros, DType::int64)},
      {"max", reduction([](const auto& values) { return *std::max_element(values.begin(), values.end()); })},
      {"min", reduction([](const auto& values) { return *std::min_element(values.begin(), values.end()); })},
      {"logsumexp", reduction([](const auto& values) {
         double sum = 0;
         for (double value : values) sum += std::exp(value);
         return std::log(sum);
       })},
      {"argmax", extremum_index(1)},
      {"argmin", extremum_index(-1)},
      {"layer_norm", layer_norm},
  };
}

}  // namespace xgrad::test
