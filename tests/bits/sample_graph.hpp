#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <optional>
#include <vector>

namespace xgrad::test {

/// An operator's sample as a graph: its value and, where it has any, the gradients of its floating-point inputs.
struct SampleGraph {
  std::vector<Tensor> inputs;    ///< those of the sample and, where there are gradients, the cotangent
  std::vector<Tensor> outputs;   ///< the value, then the gradients
  std::vector<Array> arguments;  ///< for `inputs`
};

/// The graph of a sample whose floating-point inputs are cast to `dtype`.
SampleGraph graph_of(const Sample& sample, DType dtype);

/// The dtypes in which a sample is worth running: float32 and float64, or only the latter where no input is of floating
/// point.
std::vector<DType> dtypes_of(const Sample& sample);

/// The sample with 1,531 elements in each input: some like its own, some of every magnitude, and the special ones.
/// Nothing unless its operator works element by element.
std::optional<Sample> with_many_elements(const Sample& sample);

}  // namespace xgrad::test
