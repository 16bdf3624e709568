#pragma once

namespace xgrad::internal {

/// The x above `start` beyond which a standard normal number lies e^-decay times as often as beyond `start`, which is
/// at least `normal_tail_start`: of a decay that is distributed exponentially, it is distributed as the tail.
double normal_tail(double start, double decay);

/// How much rarer a standard normal number is beyond `end` than beyond `start`, as a share of the latter:
/// 1 - P(beyond end) / P(beyond start).
double normal_tail_share(double start, double end);

/// From where on probabilities of the tail are not computed, only their ratios: the former leave float32 at 13 and
/// float64 at 38.
inline constexpr double normal_tail_start = 10;

}  // namespace xgrad::internal
