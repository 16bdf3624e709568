#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/registry.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace xgrad::test {

/// An array as plainly as can be: row-major elements, all of them doubles.
struct Plain {
  Extents shape;
  std::vector<double> values;
  DType dtype = DType::float64;

  /// Zeros.
  explicit Plain(Extents sizes, DType type = DType::float64);
  explicit Plain(const Array& array);

  std::int64_t size(std::size_t axis) const { return shape[axis]; }
  std::int64_t rows() const { return shape.empty() ? 1 : shape[0]; }
};

/// What an operator should give for a sample on these inputs, by loops that share nothing with the library's own.
using Reference = std::function<Plain(const Sample& sample, std::span<const Plain> inputs)>;
using References = std::map<std::string, Reference>;

/// The references of all operators, by name.
const References& references();

References elementwise_references();
References unary_references();
References binary_references();
References layout_references();
References indexing_references();
References reduction_references();
References line_references();
References linear_algebra_references();
References matrix_references();
References decomposition_references();
References loss_references();
References shape_references();
References neural_references();
References convolution_references();
References pooling_references();
References activation_references();
References loss_references();
References ctc_references();
References random_references();

/// The number a sample gives its operator under a name, or `otherwise`.
double argument(const Sample& sample, const std::string& name, double otherwise);

/// The list of numbers a sample gives its operator under a name; empty when there is none.
std::vector<std::int64_t> list_argument(const Sample& sample, const std::string& name);

/// The axis a sample gives its operator, counted from the front.
std::size_t axis_argument(const Sample& sample, const Plain& x, std::int64_t otherwise = -1);

/// `function` of each element.
Plain map(const Plain& x, double (*function)(double));

/// The shape to which all inputs broadcast.
Extents broadcast_shape(std::span<const Plain> inputs);

/// A Plain of rank 0.
Plain scalar_of(double value);

/// `function` of the elements at the same place, after broadcasting.
Plain combine(const Plain& left, const Plain& right, double (*function)(double, double));
Plain combine_all(std::span<const Plain> inputs, double (*function)(const std::vector<double>& elements));

/// The same with results of int64 where the first input is of integers or booleans.
Reference widened(Reference reference);

/// `x` under another shape.
Plain with_shape(Plain x, Extents shape);

/// Calls `visit` with the index along each axis of every element of `shape`, in row-major order.
void for_each_index(const Extents& shape, const std::function<void(const Extents& index)>& visit);

/// The position in memory of the element of `shape` at `index`, the indices of leading and repeated axes left out.
std::size_t position(const Extents& shape, const Extents& index);

using Matrix = std::vector<std::vector<double>>;

/// The shape of x without its last two axes.
Extents leading(const Plain& x);

/// The matrix of x at the index of its leading axes, those left out or of size 1 being repeated.
Matrix matrix_at(const Plain& x, Extents index);

/// x split along `axis`: calls `visit` with the positions of the elements of every line.
void for_each_line(const Extents& shape, std::size_t axis,
                   const std::function<void(const std::vector<std::size_t>& line)>& visit);

}  // namespace xgrad::test
