// What works along the lines of an axis: running sums and their like, shifts, sorting.

#include "reference.hpp"
#include <algorithm>
#include <numeric>

namespace xgrad::test {
namespace {

using Line = std::vector<double>;

/// `function` of every line of every input along the sample's axis, inputs of one element repeated.
Reference along_lines(std::function<Line(const Sample&, const std::vector<Line>&)> function,
                      bool gives_indices = false) {
  return [=](const Sample& sample, std::span<const Plain> inputs) {
    const Plain& x = inputs.back();
    const auto axis = axis_argument(sample, x);
    std::vector<Line> results;
    for_each_line(x.shape, axis, [&](const std::vector<std::size_t>& line) {
      std::vector<Line> lines;
      for (const auto& input : inputs) {
        lines.emplace_back();
        for (auto i : line) lines.back().push_back(input.values[input.shape.empty() ? 0 : i]);
      }
      results.push_back(function(sample, lines));
    });
    Extents shape = x.shape;
    if (sample.arguments.contains("k")) shape[axis] = static_cast<std::int64_t>(argument(sample, "k", 0));
    Plain result(shape, gives_indices || argument(sample, "indices", 0) != 0 ? DType::int64 : x.dtype);
    auto next = results.begin();
    if (results.empty()) return result;
    for_each_line(shape, axis, [&](const std::vector<std::size_t>& line) {
      for (std::size_t i = 0; i < line.size(); ++i) result.values[line[i]] = (*next)[i];
      ++next;
    });
    return result;
  };
}

/// y[t] = step(y[t - 1], t) from y[0] = x[0], from the end when the sample says so.
Reference running(double (*step)(double before, double x)) {
  return along_lines([=](const Sample& sample, const std::vector<Line>& lines) {
    Line y = lines[0];
    const bool reverse = argument(sample, "reverse", 0) != 0;
    if (reverse) std::reverse(y.begin(), y.end());
    for (std::size_t t = 1; t < y.size(); ++t) y[t] = step(y[t - 1], y[t]);
    if (reverse) std::reverse(y.begin(), y.end());
    return y;
  });
}

Line linear_recurrence(const Sample& sample, const std::vector<Line>& lines) {
  const auto count = lines[0].size();
  Line y(count);
  const bool reverse = argument(sample, "reverse", 0) != 0;
  double before = 0;
  for (std::size_t step = 0; step < count; ++step) {
    const auto t = reverse ? count - 1 - step : step;
    before = y[t] = lines[0][t] * before + lines[1][t];
  }
  return y;
}

Line shift(const Sample& sample, const std::vector<Line>& lines) {
  const auto count = static_cast<std::int64_t>(lines[0].size());
  const auto periods = static_cast<std::int64_t>(argument(sample, "periods", 0));
  Line y;
  for (std::int64_t t = 0; t < count; ++t) {
    const auto from = t - periods;
    y.push_back(from >= 0 && from < count ? lines[0][static_cast<std::size_t>(from)] : argument(sample, "fill", 0));
  }
  return y;
}

/// The order of a line by insertion, which keeps that of equal elements.
std::vector<std::size_t> order(const Line& line, bool descending) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto is_behind = [&](std::size_t other) {
      return descending ? line[other] < line[i] : line[other] > line[i];
    };
    result.insert(std::find_if(result.begin(), result.end(), is_behind), i);
  }
  return result;
}

/// Elements, or their indices, in order; the first `k` of them.
Line sorted(const Line& line, bool descending, bool of_indices, std::size_t k) {
  Line result;
  for (auto i : order(line, descending)) result.push_back(of_indices ? static_cast<double>(i) : line[i]);
  result.resize(k);
  return result;
}

/// sort and argsort.
Reference sorting(bool of_indices) {
  return along_lines(
      [=](const Sample& sample, const std::vector<Line>& lines) {
        return sorted(lines[0], argument(sample, "descending", 0) != 0, of_indices, lines[0].size());
      },
      of_indices);
}

Line topk(const Sample& sample, const std::vector<Line>& lines) {
  return sorted(lines[0], argument(sample, "largest", 1) != 0, argument(sample, "indices", 0) != 0,
                static_cast<std::size_t>(argument(sample, "k", 0)));
}

/// In the sums of the steps that samples give.
Plain searchsorted(const Sample& sample, std::span<const Plain> inputs) {
  const auto& [steps, values] = std::tie(inputs[0], inputs[1]);
  const bool right = argument(sample, "right", 0) != 0;
  const auto size = static_cast<std::size_t>(steps.shape.back());
  const auto count = steps.shape.size() == 1 ? values.values.size() : static_cast<std::size_t>(values.shape.back());
  Plain result(values.shape, DType::int64);
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < size; ++k) {
      sum += steps.values[i / count * size + k];
      if (right ? sum <= values.values[i] : sum < values.values[i]) result.values[i] = static_cast<double>(k + 1);
    }
  }
  return result;
}

/// The axes of x, counted from the front, those that the sample merges last.
std::vector<std::size_t> merging_order(const Sample& sample, std::size_t rank) {
  std::vector<std::size_t> result(rank);
  std::iota(result.begin(), result.end(), std::size_t{0});
  auto merged = list_argument(sample, "axes");
  for (auto& axis : merged) axis += axis < 0 ? static_cast<std::int64_t>(rank) : 0;
  std::stable_partition(result.begin(), result.end(), [&](auto axis) {
    return std::find(merged.begin(), merged.end(), static_cast<std::int64_t>(axis)) == merged.end();
  });
  return result;
}

/// Calls `visit` with the position of every element of `shape` and the one it has when axes are merged.
void for_each_merged(const Sample& sample, const Extents& shape,
                     const std::function<void(std::size_t i, std::size_t merged)>& visit) {
  const auto order = merging_order(sample, shape.size());
  for_each_index(shape, [&](const Extents& index) {
    Extents moved;
    Extents sizes;
    for (auto axis : order) {
      moved.push_back(index[axis]);
      sizes.push_back(shape[axis]);
    }
    visit(position(shape, index), position(sizes, moved));
  });
}

Plain merge_axes(const Sample& sample, std::span<const Plain> inputs) {
  const Plain& x = inputs[0];
  const auto merged = list_argument(sample, "axes").size();
  Extents shape;
  std::int64_t size = 1;
  for (auto axis : merging_order(sample, x.shape.size())) {
    if (shape.size() + merged < x.shape.size()) {
      shape.push_back(x.size(axis));
    } else {
      size *= x.size(axis);
    }
  }
  shape.push_back(size);
  Plain result(shape, x.dtype);
  for_each_merged(sample, x.shape, [&](auto i, auto at) { result.values[at] = x.values[i]; });
  return result;
}

Plain split_axes(const Sample& sample, std::span<const Plain> inputs) {
  Extents shape = list_argument(sample, "shape");
  std::int64_t rest = 1;
  for (std::size_t axis = 1; axis < shape.size(); ++axis) rest *= shape[axis];
  shape[0] = static_cast<std::int64_t>(inputs[0].values.size()) / rest;
  Plain result(shape, inputs[0].dtype);
  for_each_merged(sample, shape, [&](auto i, auto at) { result.values[i] = inputs[0].values[at]; });
  return result;
}

}  // namespace

References line_references() {
  return {
      {"cumsum", widened(running([](double before, double x) { return before + x; }))},
      {"cumprod", widened(running([](double before, double x) { return before * x; }))},
      {"cummax", running([](double before, double x) { return std::max(before, x); })},
      {"cummin", running([](double before, double x) { return std::min(before, x); })},
      {"logcumsumexp", running([](double before, double x) { return std::log(std::exp(before) + std::exp(x)); })},
      {"linear_recurrence", along_lines(linear_recurrence)},
      {"shift", along_lines(shift)},
      {"sort", sorting(false)},
      {"argsort", sorting(true)},
      {"topk", along_lines(topk)},
      {"searchsorted", searchsorted},
      {"merge_axes", merge_axes},
      {"split_axes", split_axes},
  };
}

}  // namespace xgrad::test
