#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/ops/random_normal/normal_tail.hpp>

#include <cmath>
#include <limits>

namespace xgrad::internal {
namespace {

/// The probability beyond x over the density at x, Mills' ratio: Laplace's continued fraction, 1 / (x + 1 / (x + 2 / (x
/// + ...))), whose rest from 20 terms on is below a rounding from `normal_tail_start` on.
double mills_ratio(double x) {
  double rest = x;
  for (int term = 20; term > 0; --term) rest = x + term / rest;
  return 1 / rest;
}

}  // namespace

// With P = ratio * density, what is looked for is distance * start + distance^2 / 2 - log(ratio / ratio at the start) =
// decay. The derivative of the left side is 1 / ratio, which Newton's method divides by.
double normal_tail(double start, double decay) {
  const double first = mills_ratio(start);
  double distance = 2 * decay * first / (1 + std::sqrt(1 + 2 * decay * first * first));
  for (int step = 0; step < 3; ++step) {
    const double ratio = mills_ratio(start + distance);
    const double error = distance * start + distance * distance / 2 - elementary::log(ratio / first) - decay;
    distance -= error * ratio;
  }
  return start + distance;
}

double normal_tail_share(double start, double end) {
  if (end == std::numeric_limits<double>::infinity()) return 1;
  const double decay = (end - start) * (start / 2 + end / 2);
  return -elementary::expm1(elementary::log(mills_ratio(end) / mills_ratio(start)) - decay);
}

}  // namespace xgrad::internal
