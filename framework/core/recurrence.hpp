#pragma once

#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/running.hpp>
#include <xgrad/framework/core/scan.hpp>

#include <cstddef>

namespace xgrad {

/// y[t] = factor(t) * y[t - 1] + terms[t] along an axis, or from its end on, for every index beside it: `factor` is
/// given the position of an element. Errors do not grow with the length of the axis.
template <class T, class Factor>
void run_recurrence(const ArrayView& output, std::size_t axis, bool reverse, const T* terms, Factor factor) {
  const auto step = [=](auto i, Running<T> running, auto) {
    running.multiply(factor(i));
    running.add(terms[i]);
    return running;
  };
  scan(
      {output.shape, axis}, reverse, output.as<T>(), [=](auto i) { return Running<T>(terms[i]); }, step,
      [](const Running<T>& running) { return running.value(); });
}

}  // namespace xgrad
