#pragma once

#include <xgrad/framework/core/registry.hpp>

#include "reference.hpp"
#include <functional>
#include <string>
#include <vector>

namespace xgrad::test {

/// Calls `check` with every sample of every operator; a failure names both.
void for_each_sample(const std::function<void(const OperatorEntry& entry, const Sample& sample)>& check);

/// A constant for each input of a sample, its floating-point arrays as `dtype`.
std::vector<Tensor> constants(const Sample& sample, DType dtype = DType::float64);

/// True when the sample has something to differentiate: a floating-point input and output.
bool is_differentiable(const Sample& sample);

/// Compares shape, dtype (unless `any_dtype`) and every element, with an error relative to max(1, |expected|).
void check_close(const Array& received, const Plain& expected, double tolerance, bool any_dtype = false);

/// The sample on inputs whose leading size is the symbol `batch`.
struct BatchSample {
  std::vector<Tensor> inputs;
  std::vector<bool> has_batch;  ///< of each input
  std::vector<Tensor> outputs;  ///< one, or none where a symbol does not fit this sample
};
BatchSample with_batch(const Sample& sample);

}  // namespace xgrad::test
