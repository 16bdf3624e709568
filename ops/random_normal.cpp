#include <xgrad/framework/core/elementary/error_function.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/hard_tanh.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/random_normal.hpp>
#include <xgrad/ops/random_normal/normal_tail.hpp>
#include <xgrad/ops/random_uniform.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

namespace xgrad {
namespace {

using Coefficients = std::array<double, 8>;

double polynomial(const Coefficients& coefficients, double x) {
  double result = 0;
  for (auto next = coefficients.rbegin(); next != coefficients.rend(); ++next) result = result * x + *next;
  return result;
}

// The x below which a standard normal number lies with a given probability. Source: Wichura, "Algorithm AS 241: The
// Percentage Points of the Normal Distribution", 1988; 16 digits. The middle holds 85 % of the numbers.
constexpr Coefficients middle_numerator{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                        1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                        3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr Coefficients middle_denominator{1,
                                          4.2313330701600911252e1,
                                          6.8718700749205790830e2,
                                          5.3941960214247511077e3,
                                          2.1213794301586595867e4,
                                          3.9307895800092710610e4,
                                          2.8729085735721942674e4,
                                          5.2264952788528545610e3};
constexpr Coefficients tail_numerator{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                      3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                      2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr Coefficients tail_denominator{1,
                                        2.05319162663775882187e0,
                                        1.67638483018380384940e0,
                                        6.89767334985100004550e-1,
                                        1.48103976427480074590e-1,
                                        1.51986665636164571966e-2,
                                        5.47593808499534494600e-4,
                                        1.05075007164441684324e-9};
constexpr Coefficients far_numerator{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                     2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr Coefficients far_denominator{1,
                                       5.99832206555887937690e-1,
                                       1.36929880922735805310e-1,
                                       1.48753612908506148525e-2,
                                       7.86869131145613259100e-4,
                                       1.84631831751005468180e-5,
                                       1.42151175831644588870e-7,
                                       2.04426310338993978564e-15};

/// The quantile for a probability that differs from a half by `distance`, at most 0.425.
double middle_quantile(double distance) {
  const double r = 0.180625 - distance * distance;
  return distance * polynomial(middle_numerator, r) / polynomial(middle_denominator, r);
}

/// The quantile of the upper tail, from r = sqrt(-log(the probability beyond)).
double tail_quantile(double r) { return polynomial(tail_numerator, r - 1.6) / polynomial(tail_denominator, r - 1.6); }

/// As `tail_quantile`, where r is above 5: for probabilities below 1.4e-11.
double far_quantile(double r) { return polynomial(far_numerator, r - 5) / polynomial(far_denominator, r - 5); }

/// The probability that a standard normal number is below x.
double probability_below(double x) { return elementary::erfc(-x / std::numbers::sqrt2) / 2; }

/// The natural logarithm of a probability, without branches and with the same bits on every processor. It is
/// log(2^k * m) for an m between the square roots of 1/2 and 2, by the series of 2 * artanh((m - 1) / (m + 1)), whose
/// rest is below 2^-59. Of a 0 it makes -709.
double logarithm(double probability) {
  constexpr auto one = std::bit_cast<std::uint64_t>(1.0);
  constexpr auto root_half = std::bit_cast<std::uint64_t>(std::numbers::sqrt2 / 2);
  constexpr int digits = 52;
  const auto moved = std::bit_cast<std::uint64_t>(probability) + (one - root_half);
  // An integer in the last digits of 2^52 becomes a number faster than by a conversion.
  const double biased = std::bit_cast<double>(moved >> digits | std::bit_cast<std::uint64_t>(0x1p52));
  const double k = biased - (0x1p52 + 1023);
  const double m = std::bit_cast<double>((moved & ((std::uint64_t{1} << digits) - 1)) + root_half);
  const double s = (m - 1) / (m + 1);
  const double square = s * s;
  double series = 0;
  for (int power = 21; power > 1; power -= 2) series = (series + 2.0 / power) * square;
  // The upper part of log(2) has 32 digits, so that its product with k is exact.
  constexpr double ln2_upper = 0x1.62e42feep-1;
  constexpr double ln2_lower = 0x1.a39ef35793c76p-33;
  return k * ln2_upper + (2 * s + (s * series + k * ln2_lower));
}

constexpr std::size_t tile = 256;
using Tile = std::array<double, tile>;

/// Quantiles of up to a tile of probabilities `below` and 1 - `below`, the latter without cancellation. All elements
/// are computed as if they lay in the middle, which takes no branches; those of the tails are gathered and done again.
template <class T>
void tile_of_quantiles(const Tile& below, const Tile& above, T* result, std::size_t count) {
  const auto distance = [&](std::size_t i) { return (below[i] - above[i]) / 2; };
  for (std::size_t i = 0; i < count; ++i) result[i] = static_cast<T>(middle_quantile(distance(i)));

  std::array<std::uint8_t, tile> is_tail;
  for (std::size_t i = 0; i < count; ++i) is_tail[i] = std::abs(distance(i)) > 0.425;
  std::array<std::size_t, tile> places;
  std::size_t tails = 0;
  for (std::size_t i = 0; i < count; ++i) {
    places[tails] = i;
    tails += is_tail[i];
  }
  Tile roots, numbers;
  for (std::size_t i = 0; i < tails; ++i) roots[i] = -logarithm(std::min(below[places[i]], above[places[i]]));
  transform_elements(roots.data(), static_cast<std::int64_t>(tails), [](const auto& x) { return xt::sqrt(x); });
  for (std::size_t i = 0; i < tails; ++i) numbers[i] = tail_quantile(roots[i]);
  for (std::size_t i = 0; i < tails; ++i) {
    const double x = roots[i] <= 5 ? numbers[i] : far_quantile(roots[i]);
    result[places[i]] = static_cast<T>(below[places[i]] < above[places[i]] ? -x : x);
  }
}

/// Quantiles of the middles of the steps of a uniform number, so that 0 and 1 do not occur, of the part of the
/// distribution between two probabilities.
template <class T>
void quantiles(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
  constexpr double half_step = std::numeric_limits<T>::epsilon() / 4;
  const auto* uniform = reinterpret_cast<const T*>(inputs[0]);
  const auto* first = reinterpret_cast<const T*>(inputs[1]);
  const auto* last = reinterpret_cast<const T*>(inputs[2]);
  auto* result = reinterpret_cast<T*>(outputs[0]);
  Tile below, above;
  for (std::size_t start = 0; start < count; start += tile) {
    const auto elements = std::min(count - start, tile);
    for (std::size_t i = 0; i < elements; ++i) {
      const double share = double{last[start + i]} - double{first[start + i]};
      below[i] = first[start + i] + share * (uniform[start + i] + half_step);
      above[i] = (1 - double{last[start + i]}) + share * ((1 - double{uniform[start + i]}) - half_step);
    }
    tile_of_quantiles(below, above, result + start, elements);
  }
}

/// Numbers of the tail from `start` on, of which the lower ones make up a share.
template <class T>
void tail_numbers(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
  constexpr double half_step = std::numeric_limits<T>::epsilon() / 4;
  const auto* uniform = reinterpret_cast<const T*>(inputs[0]);
  const auto* start = reinterpret_cast<const T*>(inputs[1]);
  const auto* share = reinterpret_cast<const T*>(inputs[2]);
  auto* result = reinterpret_cast<T*>(outputs[0]);
  for (std::size_t i = 0; i < count; ++i) {
    const double decay = -elementary::log1p(-share[i] * (uniform[i] + half_step));
    result[i] = static_cast<T>(internal::normal_tail(start[i], decay));
  }
}

/// A kernel for both dtypes over uniform numbers and two numbers that say which part of the distribution to take.
std::shared_ptr<const Formula> distribution(std::string name, Formula::Kernel of_floats, Formula::Kernel of_doubles,
                                            double cost) {
  Formula::Kernels kernels{};
  kernels[static_cast<std::size_t>(DType::float32)] = of_floats;
  kernels[static_cast<std::size_t>(DType::float64)] = of_doubles;
  return std::make_shared<const Formula>(std::move(name), 3, 1, kernels, false, cost, std::vector<VjpRule>{});
}

Tensor beyond(const Tensor& counter, Shape shape, double low, double high, std::uint64_t seed, DType dtype) {
  static const auto op = distribution("normal_tail", tail_numbers<float>, tail_numbers<double>, 300);
  const auto uniform = random_uniform(counter, std::move(shape), seed, dtype);
  return apply(op, {uniform, scalar(low, dtype), scalar(internal::normal_tail_share(low, high), dtype)});
}

Tensor between_probabilities(const Tensor& counter, Shape shape, double first, double last, std::uint64_t seed,
                             DType dtype) {
  static const auto op = distribution("normal_quantile", quantiles<float>, quantiles<double>, 40);
  return apply(op, {random_uniform(counter, std::move(shape), seed, dtype), scalar(first, dtype), scalar(last, dtype)});
}

}  // namespace

Tensor random_normal(const Tensor& counter, Shape shape, std::uint64_t seed, DType dtype) {
  expect_counter("random_normal", counter.type());
  expect_floating("random_normal", dtype);
  return between_probabilities(counter, std::move(shape), 0, 1, seed, dtype);
}

Tensor random_truncated_normal(const Tensor& counter, Shape shape, double low, double high, std::uint64_t seed,
                               DType dtype) {
  expect_counter("random_truncated_normal", counter.type());
  expect_floating("random_truncated_normal", dtype);
  if (!(low < high)) {
    throw ValueError(fmt::format("random_truncated_normal: expected low < high, but got {} and {}", low, high));
  }
  const double largest =
      dtype == DType::float32 ? std::numeric_limits<float>::max() : std::numeric_limits<double>::max();
  if (low > largest || high < -largest) {
    throw ValueError(
        fmt::format("random_truncated_normal: expected bounds with numbers of {} between them, but got {} "
                    "and {}",
                    to_string(dtype), low, high));
  }
  if (low >= internal::normal_tail_start) {
    return hard_tanh(beyond(counter, std::move(shape), low, high, seed, dtype), low, high);
  }
  if (high <= -internal::normal_tail_start) {
    return -random_truncated_normal(counter, std::move(shape), -high, -low, seed, dtype);
  }
  // Probabilities near 0 keep their digits, those near 1 do not.
  if (low > 0) return -random_truncated_normal(counter, std::move(shape), -high, -low, seed, dtype);
  const auto numbers =
      between_probabilities(counter, std::move(shape), probability_below(low), probability_below(high), seed, dtype);
  return hard_tanh(numbers, low, high);  // for rounding at the ends
}

static const Register registered_random_normal{{
    .name = "random_normal",
    .family = OperatorFamily::random,
    .signature = "random_normal(counter, shape, seed, dtype = float32)",
    .summary = "Numbers with a standard normal distribution that depend on the seed and the counter alone.",
    .formula = "the x for which a standard normal number is below x with probability u, u from random_uniform",
    .gradient = "none: the result does not vary with the counter",
    .shapes = "counter (): the shape asked for",
}};

static const Register registered_random_truncated_normal{{
    .name = "random_truncated_normal",
    .family = OperatorFamily::random,
    .signature = "random_truncated_normal(counter, shape, low, high, seed, dtype = float32)",
    .summary = "Standard normal numbers between two bounds that depend on the seed and the counter alone.",
    .formula = "the x for which a normal number within the bounds is below x with probability u, u from random_uniform",
    .gradient = "none: the result does not vary with the counter",
    .shapes = "counter (): the shape asked for",
}};

}  // namespace xgrad
