#pragma once

#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace xgrad {

/// A number and its derivative in one direction: arithmetic with it gives derivatives along with values.
struct Dual {
  double value;
  double tangent;
};

inline Dual operator+(Dual left, Dual right) { return {left.value + right.value, left.tangent + right.tangent}; }
inline Dual operator-(Dual left, Dual right) { return {left.value - right.value, left.tangent - right.tangent}; }

inline double value_of(double number) { return number; }
inline double value_of(Dual number) { return number.value; }

/// log(e^left + e^right); of two numbers that are -infinity, -infinity.
inline double log_add(double left, double right) {
  const double larger = left > right ? left : right;
  if (larger == -std::numeric_limits<double>::infinity()) return larger;
  return larger + elementary::log1p(elementary::exp(-std::abs(left - right)));
}

inline Dual log_add(Dual left, Dual right) {
  const double sum = log_add(left.value, right.value);
  if (sum == -std::numeric_limits<double>::infinity()) return {sum, 0};
  return {sum, elementary::exp(left.value - sum) * left.tangent + elementary::exp(right.value - sum) * right.tangent};
}

inline double exponential(double number) { return elementary::exp(number); }
inline Dual exponential(Dual number) {
  return {elementary::exp(number.value), elementary::exp(number.value) * number.tangent};
}

/// The ways through the labels of one sequence, with blanks between and around them, in its steps. State 2 * i + 1 is
/// label i, every other state a blank. `Number` is double, or Dual for derivatives in the direction of `tangents`.
template <class Number, class T>
struct CtcLattice {
  const T* log_probabilities;  ///< (steps, classes)
  const T* tangents;           ///< (steps, classes); not read where Number is double
  const std::int64_t* labels;  ///< (states / 2)
  std::int64_t steps;
  std::int64_t states;
  std::int64_t classes;
  std::int64_t blank;

  static Number impossible() { return from(-std::numeric_limits<double>::infinity(), 0); }
  static Number certain() { return from(0, 0); }

  std::int64_t symbol(std::int64_t state) const { return state % 2 == 0 ? blank : labels[state / 2]; }
  bool is_class(std::int64_t symbol) const { return symbol >= 0 && symbol < classes; }

  /// Whether a way may come from two states before, leaving out the blank between two different labels.
  bool may_skip(std::int64_t state) const { return state % 2 == 1 && state > 1 && symbol(state) != symbol(state - 2); }

  Number emission(std::int64_t step, std::int64_t state) const {
    const auto emitted = symbol(state);
    if (!is_class(emitted)) return impossible();
    const auto index = step * classes + emitted;
    if constexpr (std::is_same_v<Number, double>) {
      return log_probabilities[index];
    } else {
      return {log_probabilities[index], tangents[index]};
    }
  }

  /// Logarithms of the probability of all ways to a state at a step, emissions up to it included, into `before`
  /// (steps, states). Returns that of all ways to the end.
  Number forward(Number* before) const {
    if (steps == 0) return states == 1 ? certain() : impossible();
    for (std::int64_t step = 0; step < steps; ++step) {
      const Number* last = before + (step - 1) * states;
      for (std::int64_t state = 0; state < states; ++state) {
        Number sum = step == 0 && state < 2 ? certain() : impossible();
        if (step > 0) {
          sum = last[state];
          if (state > 0) sum = log_add(sum, last[state - 1]);
          if (may_skip(state)) sum = log_add(sum, last[state - 2]);
        }
        before[step * states + state] = sum + emission(step, state);
      }
    }
    const Number* last = before + (steps - 1) * states;
    return states == 1 ? last[0] : log_add(last[states - 1], last[states - 2]);
  }

  /// Logarithms of the probability of all ways from a state at a step to the end, emissions after it included, into
  /// `after` (steps, states).
  void backward(Number* after) const {
    for (std::int64_t step = steps - 1; step >= 0; --step) {
      for (std::int64_t state = 0; state < states; ++state) {
        Number& sum = after[step * states + state];
        if (step == steps - 1) {
          sum = state + 2 >= states ? certain() : impossible();
          continue;
        }
        const auto through = [&](std::int64_t next) {
          return after[(step + 1) * states + next] + emission(step + 1, next);
        };
        sum = through(state);
        if (state + 1 < states) sum = log_add(sum, through(state + 1));
        if (state + 2 < states && may_skip(state + 2)) sum = log_add(sum, through(state + 2));
      }
    }
  }

 private:
  static Number from(double value, double tangent) {
    if constexpr (std::is_same_v<Number, double>) {
      return value;
    } else {
      return {value, tangent};
    }
  }
};

}  // namespace xgrad
