#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <functional>
#include <map>
#include <source_location>
#include <span>
#include <string>
#include <vector>

namespace xgrad {

/// One use of an operator on concrete values: what the test battery runs.
struct Sample {
  std::string label;          ///< what is special here: "keepdims, axis 1"
  std::vector<Array> inputs;  ///< float64 where the operator differentiates; the battery casts them to float32 itself
  std::function<Tensor(std::span<const Tensor>)> build;
  /// What `build` passes besides tensors, for references: {{"axes", {0, 2}}, {"keepdims", {1}}}.
  std::map<std::string, std::vector<double>> arguments = {};
};

/// A point where an elementwise operator is easily wrong: a kink, a tie, the end of a range. Infinities and
/// not-a-number are compared as they are.
struct SpecialPoint {
  std::vector<double> inputs;  ///< one number for each input of the operator's first sample
  double value;
  double derivative;  ///< with respect to the first input
};

/// What an operator of arrays gives where it is easily wrong: of nothing, of infinities and NaN, of ties, at the end of
/// the range.
struct SpecialCase {
  std::vector<Array> inputs;          ///< float64 where they are floating-point numbers
  std::vector<double> value;          ///< every element of the result
  std::vector<double> gradient = {};  ///< of its sum for the first input, of a loss for the second; none where left out
  std::string arguments = {};         ///< what is passed besides, as it is written, "0, true"; or which result, ".r"
  std::function<Tensor(std::span<const Tensor>)> build = {};  ///< the first sample's where it is left out
};

/// The float64 array of these elements, of one axis unless a shape is given: for `SpecialCase`.
Array special_array(std::vector<double> elements);
Array special_array(std::vector<double> elements, Extents shape);

/// An exception from the largest error that derivatives may have against central differences, relative to max(1,
/// |expected|).
struct Tolerance {
  double relative = 1e-6;
  std::string reason;  ///< why more is needed
};

/// What an operator is listed under.
enum class OperatorFamily {
  unary,
  activation,
  binary,
  reduction,
  shape,
  indexing,
  linear_algebra,
  neural,
  loss,
  random
};

/// One use of an operator that must be refused while the graph is built.
struct Rejection {
  std::string label;
  std::function<void()> build;
  std::string message;  ///< must be part of the error's text
};

/// All that is known of an operator beyond its code. Tests, reference pages and exports iterate over the entries. What
/// tests need, from `samples` on, may come from elsewhere, see `RegisterSamples`.
struct OperatorEntry {
  std::string name;
  OperatorFamily family = OperatorFamily::unary;
  std::string signature = {};  ///< "sum(x, axes = all, keepdims = false)"
  std::string summary;         ///< one sentence
  std::string formula;         ///< of the value
  std::string gradient;        ///< of the cotangents, or why there are none
  std::string shapes = {};     ///< of inputs and result; may be left out where all are broadcast, element by element
  std::function<std::vector<Sample>()> samples = {};
  std::function<std::vector<Rejection>()> rejections = {};
  std::vector<SpecialPoint> points = {};                 ///< of an elementwise operator
  std::function<std::vector<SpecialCase>()> cases = {};  ///< of another
  Tolerance tolerance = {};
};

/// The part of an entry that tests need: its fields of these names.
struct OperatorSamples {
  std::function<std::vector<Sample>()> samples = {};
  std::function<std::vector<Rejection>()> rejections = {};
  std::vector<SpecialPoint> points = {};
  std::function<std::vector<SpecialCase>()> cases = {};
  Tolerance tolerance = {};
};

/// The samples with these special cases.
OperatorSamples with_cases(OperatorSamples samples, std::function<std::vector<SpecialCase>()> cases);

/// An entry and the file that registered it.
struct RegisteredOperator {
  OperatorEntry entry;
  std::string file;
};

/// Every operator of the program, sorted by name: xgrad's and those that users registered, with the samples that were
/// registered for them. Throws ValueError for samples of an operator that is not registered.
std::vector<RegisteredOperator> registered_operators();

/// Those of them that were not registered by xgrad itself.
std::vector<RegisteredOperator> user_operators();

/// Registers an operator for as long as the program runs: define one, at namespace scope, beside the operator. Throws
/// ValueError when the name is taken.
class Register {
 public:
  explicit Register(OperatorEntry entry, std::source_location where = std::source_location::current());
};

/// Adds samples to the operator of that name, for as long as the program runs: for operators of a library, whose users
/// need none. xgrad's own are in tests/ops. Defined at namespace scope, before or after the operator is registered.
/// Throws ValueError when the operator has what is added already.
class RegisterSamples {
 public:
  RegisterSamples(const std::string& name, OperatorSamples samples);
};

/// Deterministic float64 values spread over [low, high] without repeats or ties, for samples. `variant` tells arrays of
/// one sample apart.
Array sample_values(Extents shape, double low = -2, double high = 2, int variant = 0);

/// `entry` of a function of one floating-point tensor of any shape, with the usual signature, samples and rejections
/// where it has none. With a name, a sentence, a formula and a gradient the entry is complete:
///
///     static const Register registered{
///         unary_operator(cube, {.name = "cube", .summary = "...", .formula = "x^3", .gradient = "c * 3 * x^2"})};
OperatorEntry unary_operator(Tensor (*function)(const Tensor&), OperatorEntry entry);

/// The same, with elements in [low, high] in its samples.
OperatorEntry unary_operator(Tensor (*function)(const Tensor&), double low, double high, OperatorEntry entry);

/// The samples every elementwise operator of one argument shares, with elements in [low, high]: a matrix, a scalar, one
/// element and none.
std::vector<Sample> unary_samples(Tensor (*function)(const Tensor&), double low = -2, double high = 2);

/// The samples every elementwise operator of two arguments shares, with elements in [low, high]: equal shapes, the ways
/// to broadcast, one element and none.
std::vector<Sample> binary_samples(Tensor (*function)(const Tensor&, const Tensor&), double low = -2, double high = 2);

/// The samples every reduction over axes shares: all axes, some of them, kept or not, one element and none.
std::vector<Sample> reduction_samples(Tensor (*function)(const Tensor&, const Axes&, bool));

/// The rejections every reduction over axes shares: axes that do not exist or are named twice.
std::vector<Rejection> reduction_rejections(std::string name, Tensor (*function)(const Tensor&, const Axes&, bool));

/// The rejections every elementwise operator of two arguments shares: shapes that do not broadcast and mixed dtypes.
std::vector<Rejection> binary_rejections(std::string name, Tensor (*function)(const Tensor&, const Tensor&));

/// The rejection every floating-point elementwise operator of one argument shares: an integer input.
std::vector<Rejection> floating_rejections(std::string name, Tensor (*function)(const Tensor&));

}  // namespace xgrad
