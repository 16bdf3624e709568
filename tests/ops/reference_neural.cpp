#include "reference.hpp"

namespace xgrad::test {
namespace {

/// x normalized over the elements that are in one group, then scaled and moved by the numbers of their channels.
Plain normalized(const Sample& sample, const Plain& x, const Plain& scale, const Plain& offset, std::size_t groups,
                 std::size_t channel_axis, const std::function<std::size_t(const Extents& index)>& group_of) {
  std::vector<double> count(groups), mean(groups), variance(groups);
  const auto for_each = [&](const std::function<void(std::size_t group, double value)>& visit) {
    for_each_index(x.shape, [&](const Extents& index) { visit(group_of(index), x.values[position(x.shape, index)]); });
  };
  for_each([&](std::size_t group, double) { count[group] += 1; });
  for_each([&](std::size_t group, double value) { mean[group] += value / count[group]; });
  for_each([&](std::size_t group, double value) {
    variance[group] += (value - mean[group]) * (value - mean[group]) / count[group];
  });
  Plain result = x;
  for_each_index(x.shape, [&](const Extents& index) {
    auto& value = result.values[position(x.shape, index)];
    const auto group = group_of(index);
    const auto channel = static_cast<std::size_t>(index[channel_axis]);
    value = (value - mean[group]) / std::sqrt(variance[group] + argument(sample, "epsilon", 1e-5));
    value = value * scale.values[channel] + offset.values[channel];
  });
  return result;
}

Plain batch_norm(const Sample& sample, std::span<const Plain> inputs) {
  const auto axis = axis_argument(sample, inputs[0]);
  if (inputs.size() == 3) {
    return normalized(sample, inputs[0], inputs[1], inputs[2], static_cast<std::size_t>(inputs[0].size(axis)), axis,
                      [=](const Extents& index) { return static_cast<std::size_t>(index[axis]); });
  }
  Plain result = inputs[0];
  for_each_index(result.shape, [&](const Extents& index) {
    auto& value = result.values[position(result.shape, index)];
    const auto of_channel = [&](std::size_t input) {
      return inputs[input].values[static_cast<std::size_t>(index[axis])];
    };
    value = (value - of_channel(1)) / std::sqrt(of_channel(2) + argument(sample, "epsilon", 1e-5));
    value = value * of_channel(3) + of_channel(4);
  });
  return result;
}

Plain group_norm(const Sample& sample, std::span<const Plain> inputs) {
  const auto& x = inputs[0];
  const auto groups = static_cast<std::int64_t>(argument(sample, "groups", 1));
  const auto group_of = [&, size = x.size(1) / groups](const Extents& index) {
    return static_cast<std::size_t>(index[0] * groups + index[1] / size);
  };
  return normalized(sample, x, inputs[1], inputs[2], static_cast<std::size_t>(x.size(0) * groups), 1, group_of);
}

Plain standardize(const Sample& sample, std::span<const Plain> x) {
  Plain result = x[0];
  for_each_line(x[0].shape, x[0].shape.size() - 1, [&](const std::vector<std::size_t>& line) {
    const auto count = static_cast<double>(line.size());
    double mean = 0;
    double variance = 0;
    for (auto i : line) mean += x[0].values[i] / count;
    for (auto i : line) variance += (x[0].values[i] - mean) * (x[0].values[i] - mean) / count;
    const double deviation = std::sqrt(variance + argument(sample, "epsilon", 1e-5));
    for (auto i : line) result.values[i] = (x[0].values[i] - mean) / deviation;
  });
  return result;
}

Plain linear(const Sample& sample, std::span<const Plain> inputs) {
  const auto& x = inputs[0];
  const auto& w = inputs[1];
  const bool is_transposed = argument(sample, "transposed", 0) == 1;
  Extents shape = x.shape;
  shape.back() = w.size(is_transposed ? 0 : 1);
  Plain result(shape, x.dtype);
  for_each_index(shape, [&](const Extents& index) {
    double total = inputs.size() > 2 ? inputs[2].values[static_cast<std::size_t>(index.back())] : 0;
    for (Extents at = index, k{0}; k[0] < x.shape.back(); ++k[0]) {
      at.back() = k[0];
      const Extents weight = is_transposed ? Extents{index.back(), k[0]} : Extents{k[0], index.back()};
      total += x.values[position(x.shape, at)] * w.values[position(w.shape, weight)];
    }
    result.values[position(shape, index)] = total;
  });
  return result;
}

Plain embedding(const Sample&, std::span<const Plain> inputs) {
  const auto& table = inputs[0];
  Extents shape = inputs[1].shape;
  shape.push_back(table.size(1));
  Plain result(shape, table.dtype);
  const auto columns = static_cast<std::size_t>(table.size(1));
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i] = table.values[static_cast<std::size_t>(inputs[1].values[i / columns]) * columns + i % columns];
  }
  return result;
}

Plain attention(const Sample& sample, std::span<const Plain> inputs) {
  const auto& query = inputs[0];
  const auto& key = inputs[1];
  const auto& value = inputs[2];
  const auto features = query.shape.back();
  const double scale = argument(sample, "scale", 1 / std::sqrt(static_cast<double>(features)));
  const auto at = [](const Plain& array, Extents index, std::int64_t row, std::int64_t column) {
    index[index.size() - 2] = row;
    index.back() = column;
    return array.values[position(array.shape, index)];
  };
  // The leading axes broadcast.
  std::vector<Plain> without_matrices;
  for (const auto& input : inputs.first(3))
    without_matrices.emplace_back(Extents(input.shape.begin(), input.shape.end() - 2));
  Extents shape = broadcast_shape(without_matrices);
  shape.insert(shape.end(), {*(query.shape.end() - 2), value.shape.back()});
  Plain result(shape, query.dtype);
  for_each_index(shape, [&](const Extents& index) {
    const auto row = *(index.end() - 2);
    double total = 0;
    double weighted = 0;
    for (std::int64_t k = 0; k < *(key.shape.end() - 2); ++k) {
      if (argument(sample, "causal", 0) == 1 && k > row) continue;
      double score = 0;
      for (std::int64_t i = 0; i < features; ++i) score += at(query, index, row, i) * at(key, index, k, i) * scale;
      if (inputs.size() > 3) {
        const double mask = at(inputs[3], index, row, k);
        if (inputs[3].dtype == DType::boolean && mask == 0) continue;
        if (inputs[3].dtype != DType::boolean) score += mask;
      }
      total += std::exp(score);
      weighted += std::exp(score) * at(value, index, k, index.back());
    }
    result.values[position(shape, index)] = total == 0 ? 0 : weighted / total;
  });
  return result;
}

/// Calls `visit` with each index of an image of few channels and that of the same element in the one of many.
void for_each_pixel(const Extents& image, std::int64_t r,
                    const std::function<void(const Extents& few, const Extents& many)>& visit) {
  for_each_index(image, [&](const Extents& few) {
    Extents many = few;
    auto* last = many.data() + many.size();
    last[-3] = few[few.size() - 3] * r * r + last[-2] % r * r + last[-1] % r;
    last[-2] /= r;
    last[-1] /= r;
    visit(few, many);
  });
}

Plain pixel_shuffle(const Sample& sample, std::span<const Plain> x) {
  const auto r = static_cast<std::int64_t>(argument(sample, "r", 1));
  Extents shape = x[0].shape;
  auto* last = shape.data() + shape.size();
  last[-3] /= r * r;
  last[-2] *= r;
  last[-1] *= r;
  Plain result(shape, x[0].dtype);
  for_each_pixel(shape, r, [&](const Extents& few, const Extents& many) {
    result.values[position(shape, few)] = x[0].values[position(x[0].shape, many)];
  });
  return result;
}

Plain pixel_unshuffle(const Sample& sample, std::span<const Plain> x) {
  const auto r = static_cast<std::int64_t>(argument(sample, "r", 1));
  Extents shape = x[0].shape;
  auto* last = shape.data() + shape.size();
  last[-3] *= r * r;
  last[-2] /= r;
  last[-1] /= r;
  Plain result(shape, x[0].dtype);
  for_each_pixel(x[0].shape, r, [&](const Extents& few, const Extents& many) {
    result.values[position(shape, many)] = x[0].values[position(x[0].shape, few)];
  });
  return result;
}

}  // namespace

References neural_references() {
  return {
      {"batch_norm", batch_norm},
      {"group_norm", group_norm},
      {"instance_norm", group_norm},
      {"linear", linear},
      {"embedding", embedding},
      {"pixel_shuffle", pixel_shuffle},
      {"pixel_unshuffle", pixel_unshuffle},
      {"standardize", standardize},
      {"scaled_dot_product_attention", attention},
  };
}

}  // namespace xgrad::test
