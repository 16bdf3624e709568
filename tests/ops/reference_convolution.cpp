#include "reference.hpp"
#include "reference_windows.hpp"

namespace xgrad::test {
namespace {

Extents list_or(const Sample& sample, const std::string& name, std::size_t rank, std::int64_t otherwise) {
  auto list = list_argument(sample, name);
  return list.empty() ? Extents(rank, otherwise) : list;
}

}  // namespace

Geometry geometry(const Sample& sample, Extents elements, Extents taps) {
  const auto rank = elements.size();
  Geometry result{std::move(elements),
                  std::move(taps),
                  list_or(sample, "strides", rank, 1),
                  list_or(sample, "dilation", rank, 1),
                  list_or(sample, "before", rank, 0),
                  {}};
  const auto after = list_or(sample, "after", rank, 0);
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const auto extent = (result.taps[axis] - 1) * result.dilation[axis] + 1;
    std::int64_t count = 0;
    while (count * result.strides[axis] + extent <= result.before[axis] + result.elements[axis] + after[axis]) ++count;
    result.positions.push_back(count);
  }
  return result;
}

Extents middle(const Extents& shape) { return {shape.begin() + 1, shape.end() - 1}; }

Extents surround(std::int64_t first, Extents middle, std::int64_t last) {
  middle.insert(middle.begin(), first);
  middle.push_back(last);
  return middle;
}

void for_each_tap(const Geometry& over,
                  const std::function<void(const Extents&, const Extents&, const Extents&)>& visit) {
  for_each_index(over.positions, [&](const Extents& at) {
    for_each_index(over.taps, [&](const Extents& tap) {
      Extents element;
      for (std::size_t axis = 0; axis < at.size(); ++axis) {
        element.push_back(at[axis] * over.strides[axis] + tap[axis] * over.dilation[axis] - over.before[axis]);
        if (element[axis] < 0 || element[axis] >= over.elements[axis]) return;
      }
      visit(at, tap, element);
    });
  });
}

namespace {

Plain unfold(const Sample& sample, std::span<const Plain> x) {
  const auto over = geometry(sample, middle(x[0].shape), list_argument(sample, "size"));
  const auto channels = x[0].shape.back();
  Plain result(surround(x[0].rows(), over.positions, element_count(over.taps) * channels));
  for (std::int64_t n = 0; n < x[0].rows(); ++n) {
    for_each_tap(over, [&](const Extents& at, const Extents& tap, const Extents& element) {
      for (std::int64_t c = 0; c < channels; ++c) {
        const auto column = static_cast<std::int64_t>(position(over.taps, tap)) * channels + c;
        result.values[position(result.shape, surround(n, at, column))] =
            x[0].values[position(x[0].shape, surround(n, element, c))];
      }
    });
  }
  return result;
}

Plain fold(const Sample& sample, std::span<const Plain> patches) {
  const auto over = geometry(sample, list_argument(sample, "spatial"), list_argument(sample, "size"));
  const auto channels = patches[0].shape.back() / element_count(over.taps);
  Plain result(surround(patches[0].rows(), over.elements, channels));
  for (std::int64_t n = 0; n < patches[0].rows(); ++n) {
    for_each_tap(over, [&](const Extents& at, const Extents& tap, const Extents& element) {
      for (std::int64_t c = 0; c < channels; ++c) {
        const auto column = static_cast<std::int64_t>(position(over.taps, tap)) * channels + c;
        result.values[position(result.shape, surround(n, element, c))] +=
            patches[0].values[position(patches[0].shape, surround(n, at, column))];
      }
    });
  }
  return result;
}

/// Calls visit(x, weights, y) with the positions of the three factors of every term of the sum over n, windows, taps,
/// channels of x and of y that convolutions and their derivatives are parts of.
void for_each_term(const Geometry& over, const Extents& x, const Extents& weights, const Extents& y,
                   const std::function<void(std::size_t, std::size_t, std::size_t)>& visit) {
  const auto inputs = weights[weights.size() - 2];
  const auto groups = x.back() / inputs;
  const auto outputs = y.back() / groups;
  for (std::int64_t n = 0; n < x[0]; ++n) {
    for_each_tap(over, [&](const Extents& at, const Extents& tap, const Extents& element) {
      for (std::int64_t to = 0; to < y.back(); ++to) {
        for (std::int64_t from = 0; from < inputs; ++from) {
          Extents weight = tap;
          weight.push_back(from);
          weight.push_back(to);
          visit(position(x, surround(n, element, to / outputs * inputs + from)), position(weights, weight),
                position(y, surround(n, at, to)));
        }
      }
    });
  }
}

Plain convolution(const Sample& sample, std::span<const Plain> inputs) {
  const auto& [x, weights] = std::tie(inputs[0], inputs[1]);
  const auto over = geometry(sample, middle(x.shape), {weights.shape.begin(), weights.shape.end() - 2});
  Plain y(surround(x.rows(), over.positions, weights.shape.back()));
  for_each_term(over, x.shape, weights.shape, y.shape, [&](std::size_t from, std::size_t weight, std::size_t to) {
    y.values[to] += x.values[from] * weights.values[weight];
  });
  return y;
}

Plain transposed_convolution(const Sample& sample, std::span<const Plain> inputs) {
  const auto& [y, weights] = std::tie(inputs[0], inputs[1]);
  auto over = geometry(sample, list_argument(sample, "spatial"), {weights.shape.begin(), weights.shape.end() - 2});
  over.positions = middle(y.shape);
  const auto groups = static_cast<std::int64_t>(argument(sample, "groups", 1));
  Plain x(surround(y.rows(), over.elements, weights.shape[weights.shape.size() - 2] * groups));
  for_each_term(over, x.shape, weights.shape, y.shape, [&](std::size_t to, std::size_t weight, std::size_t from) {
    x.values[to] += y.values[from] * weights.values[weight];
  });
  return x;
}

}  // namespace

References convolution_references() {
  return {
      {"unfold", unfold},
      {"fold", fold},
      {"conv1d", convolution},
      {"conv2d", convolution},
      {"conv3d", convolution},
      {"conv1d_transpose", transposed_convolution},
      {"conv2d_transpose", transposed_convolution},
      {"conv3d_transpose", transposed_convolution},
  };
}

}  // namespace xgrad::test
