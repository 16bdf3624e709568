// The generator has tests of its own; these hold how operators use it.

#include <xgrad/framework/core/random.hpp>

#include "reference.hpp"
#include <algorithm>
#include <numeric>

namespace xgrad::test {
namespace {

constexpr std::uint64_t seed = 7;

/// Numbers uniform in [0, 1) of a dtype, in the shape the sample asks for.
Plain uniform(Extents shape, const Plain& counter, DType dtype) {
  Plain result(std::move(shape), dtype);
  const RandomKey key{.seed = seed, .stream = static_cast<std::uint64_t>(counter.values[0])};
  std::vector<float> floats(result.values.size());
  fill_uniform(key, 0, floats);
  result.values.assign(floats.begin(), floats.end());
  if (dtype == DType::float64) fill_uniform(key, 0, result.values);
  return result;
}

DType dtype_argument(const Sample& sample) {
  return static_cast<DType>(static_cast<int>(argument(sample, "dtype", 0)));
}

Plain uniform(const Sample& sample, const Plain& counter) {
  return uniform(list_argument(sample, "shape"), counter, dtype_argument(sample));
}

double rounded(double value, DType dtype) { return dtype == DType::float32 ? static_cast<float>(value) : value; }

double probability_below(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }

/// The x below which a normal number lies with a probability of less than a half, by bisection.
double lower_quantile(double probability) {
  double low = -40;
  double high = 1;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (probability_below(middle) < probability ? low : high) = middle;
  }
  return low;
}

Plain truncated(const Sample& sample, std::span<const Plain> counter) {
  Plain result = uniform(sample, counter[0]);
  double low = argument(sample, "low", -INFINITY);
  double high = argument(sample, "high", INFINITY);
  const bool mirrored = low > 0;
  if (mirrored) low = -std::exchange(high, -low);
  const double first = rounded(probability_below(low), result.dtype);
  const double last = rounded(probability_below(high), result.dtype);
  const double half_step = result.dtype == DType::float32 ? 0x1p-25 : 0x1p-54;
  for (auto& value : result.values) {
    const double below = first + (last - first) * (value + half_step);
    const double x = below < 0.5 ? lower_quantile(below) : -lower_quantile(1 - below);
    value = rounded(mirrored ? -x : x, result.dtype);
  }
  return result;
}

Plain bernoulli(const Sample& sample, std::span<const Plain> inputs) {
  Plain result = uniform(list_argument(sample, "shape"), inputs[0], DType::float32);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const double probability = inputs.size() == 1 ? 0.3f : inputs[1].values[i % inputs[1].values.size()];
    result.values[i] = result.values[i] < probability;
  }
  result.dtype = DType::boolean;
  return result;
}

Plain integers(const Sample& sample, std::span<const Plain> counter) {
  Plain result = uniform(list_argument(sample, "shape"), counter[0], DType::float64);
  for (auto& value : result.values) value = std::floor(value * 9) - 3;
  result.dtype = dtype_argument(sample);
  return result;
}

Plain permutation(const Sample& sample, std::span<const Plain> counter) {
  Plain result(Extents{static_cast<std::int64_t>(argument(sample, "count", 0))}, DType::int64);
  std::iota(result.values.begin(), result.values.end(), 0.0);
  const RandomKey key{.seed = seed, .stream = static_cast<std::uint64_t>(counter[0].values[0])};
  for (std::size_t left = result.values.size(); left > 1; --left) {
    std::swap(result.values[left - 1], result.values[random_bits(key, left) % left]);
  }
  return result;
}

Plain dropout_mask(Plain uniform_numbers, DType dtype) {
  for (auto& value : uniform_numbers.values) value = value < 0.25 ? 0 : 1 / 0.75;
  for (auto& value : uniform_numbers.values) value = rounded(value, dtype);
  uniform_numbers.dtype = dtype;
  return uniform_numbers;
}

Plain dropout(const Sample&, std::span<const Plain> inputs) {
  Plain result = dropout_mask(uniform(inputs[0].shape, inputs[1], DType::float32), inputs[0].dtype);
  for (std::size_t i = 0; i < result.values.size(); ++i) result.values[i] *= inputs[0].values[i];
  return result;
}

}  // namespace

References random_references() {
  return {
      {"random_uniform", [](const Sample& sample, std::span<const Plain> x) { return uniform(sample, x[0]); }},
      {"random_normal", truncated},
      {"random_truncated_normal", truncated},
      {"random_bernoulli", bernoulli},
      {"random_integers", integers},
      {"random_permutation", permutation},
      {"dropout", dropout},
      {"dropout_mask",
       [](const Sample& sample, std::span<const Plain> x) {
         return dropout_mask(uniform(list_argument(sample, "shape"), x[0], DType::float32), dtype_argument(sample));
       }},
  };
}

}  // namespace xgrad::test
