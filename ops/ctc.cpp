#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/ctc.hpp>
#include <xgrad/ops/ctc/ctc_lattice.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/softmax.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace xgrad {
namespace {

// Three operators of log-probabilities (batch, steps, classes), labels, and the two lengths, in this order. The
// derivative of the first is minus the second, `ctc_occupancy`: how probable it is, given the labels, that a step emits
// a class. The third is the derivative of the second in a direction; because the second is a gradient, its matrix of
// derivatives is symmetric and the same operator serves reverse mode. Kernels rather than a composition over the steps:
// they need two passes over a lattice that the graph of all steps and its derivatives would hold several times.

template <class Number, class T>
CtcLattice<Number, T> lattice_of(const KernelArguments& arguments, std::int64_t sample, std::int64_t blank) {
  const auto& predictions = arguments.inputs[0];
  const auto labels = arguments.inputs[1].shape[1];
  const auto steps = predictions.shape[1];
  const auto classes = predictions.shape[2];
  const auto length = [&](std::size_t input, std::int64_t limit) {
    return std::clamp<std::int64_t>(arguments.inputs[input].as<std::int64_t>()[sample], 0, limit);
  };
  const auto first = sample * steps * classes;
  return {.log_probabilities = predictions.as<T>() + first,
          .tangents = arguments.inputs.size() > 4 ? arguments.inputs[4].as<T>() + first : nullptr,
          .labels = arguments.inputs[1].as<std::int64_t>() + sample * labels,
          .steps = length(2, steps),
          .states = 2 * length(3, labels) + 1,
          .classes = classes,
          .blank = blank};
}

/// Calls `visit(lattice, workspace, sample)` for each sample of a block; the second output is the workspace.
template <class Number, class T, class Visit>
void for_each_lattice(const KernelArguments& arguments, std::int64_t blank, Visit visit) {
  const auto& workspace = arguments.outputs[1];
  auto* numbers = reinterpret_cast<Number*>(workspace.as<double>());
  const auto stride = workspace.shape[1] * static_cast<std::int64_t>(sizeof(double)) / std::int64_t{sizeof(Number)};
  for (std::int64_t sample = 0; sample < arguments.inputs[0].shape[0]; ++sample) {
    visit(lattice_of<Number, T>(arguments, sample, blank), numbers + sample * stride, sample);
  }
}

class CtcOperator : public Op {
 public:
  explicit CtcOperator(std::int64_t blank) : blank_(blank) {}
  std::optional<Attributes> attributes() const override { return Attributes{{"blank", blank_}}; }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return std::vector<int>(inputs.size(), 0);
  }
  double cost(std::span<const Extents> inputs) const override {
    return 50 * static_cast<double>(2 * inputs[1][1] + 1) * static_cast<double>(inputs[0][1]);
  }

 protected:
  /// The type of a workspace of `count` numbers for each state at each step, and `more` numbers.
  static TensorType workspace(std::span<const TensorType> inputs, std::int64_t count, std::int64_t more = 0) {
    const auto& predictions = inputs[0].shape;
    const auto states = 2 * inputs[1].shape[1].value() + 1;
    return {DType::float64, {predictions[0], count * predictions[1].value() * states + more}};
  }

  std::int64_t blank_;
};

/// What each step emits with which probability, or the change of that along a direction, from a lattice of `Number`.
template <class Number, class T>
void write_occupancy(const KernelArguments& arguments, std::int64_t blank) {
  const auto& output = arguments.outputs[0];
  std::fill_n(output.as<T>(), element_count(output.shape), T(0));
  for_each_lattice<Number, T>(arguments, blank, [&](const auto& lattice, Number* before, std::int64_t sample) {
    Number* after = before + lattice.steps * lattice.states;
    const Number total = lattice.forward(before);
    if (value_of(total) == -std::numeric_limits<double>::infinity()) return;
    lattice.backward(after);
    T* occupancy = output.as<T>() + sample * output.shape[1] * output.shape[2];
    // In float64: many states can have one symbol.
    auto* sums = reinterpret_cast<double*>(after + lattice.steps * lattice.states);
    for (std::int64_t step = 0; step < lattice.steps; ++step, occupancy += lattice.classes) {
      std::fill_n(sums, lattice.classes, 0.0);
      for (std::int64_t state = 0; state < lattice.states; ++state) {
        const auto symbol = lattice.symbol(state);
        if (!lattice.is_class(symbol)) continue;
        const auto index = step * lattice.states + state;
        const Number here = exponential(before[index] + after[index] - total);
        if constexpr (std::is_same_v<Number, double>) {
          sums[symbol] += here;
        } else {
          sums[symbol] += here.tangent;
        }
      }
      std::transform(sums, sums + lattice.classes, occupancy, [](double sum) { return static_cast<T>(sum); });
    }
  });
}

/// `Number` is double for the occupancy itself, and Dual for its change.
template <class Number>
class Occupancy final : public CtcOperator {
 public:
  using CtcOperator::CtcOperator;
  std::string_view name() const override { return is_change ? "ctc_occupancy_change" : "ctc_occupancy"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    constexpr std::int64_t doubles = sizeof(Number) / sizeof(double);
    return {inputs[0], workspace(inputs, 2 * doubles, doubles * inputs[0].shape[2].value())};
  }
  void forward(const KernelArguments& arguments) const override {
    visit_floating(arguments.outputs[0].dtype, [&]<class T>() { write_occupancy<Number, T>(arguments, blank_); });
  }
  // Of a change, along its direction only: derivatives of order 3 are refused.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    if (is_change && index != 4) return Op::vjp(at, index);
    return apply_all(std::make_shared<const Occupancy<Dual>>(blank_),
                     {at.input(0), at.input(1), at.input(2), at.input(3), at.cotangent()})[0];
  }

 private:
  static constexpr bool is_change = std::is_same_v<Number, Dual>;
};

class Ctc final : public CtcOperator {
 public:
  using CtcOperator::CtcOperator;
  std::string_view name() const override { return "ctc"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, {inputs[0].shape[0]}}, workspace(inputs, 1)};
  }
  void forward(const KernelArguments& arguments) const override {
    visit_floating(arguments.outputs[0].dtype, [&]<class T>() {
      T* losses = arguments.outputs[0].as<T>();
      for_each_lattice<double, T>(arguments, blank_, [&](const auto& lattice, double* before, std::int64_t sample) {
        losses[sample] = static_cast<T>(-lattice.forward(before));
      });
    });
  }
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto occupancy = apply_all(std::make_shared<const Occupancy<double>>(blank_),
                                     {at.input(0), at.input(1), at.input(2), at.input(3)})[0];
    return -multiply_nonzeros(occupancy, reshape(at.cotangent(), {at.input(0).shape()[0], 1, 1}));
  }
};

void expect_arguments(const Tensor& target, const Tensor& prediction, const Tensor& prediction_lengths,
                      const Tensor& target_lengths, std::int64_t blank) {
  expect_floating("ctc", prediction.dtype());
  for (const auto& [tensor, what] : {std::pair(target, "labels"), std::pair(prediction_lengths, "prediction lengths"),
                                     std::pair(target_lengths, "target lengths")}) {
    if (is_integer(tensor.dtype())) continue;
    throw DTypeError(fmt::format("ctc: expected integer {}, but got {}; cast them, cast(x, DType::int64)", what,
                                 to_string(tensor.dtype())));
  }
  const auto& shape = prediction.shape();
  const auto fits = [&](const Tensor& tensor, std::size_t rank) {
    return tensor.rank() == rank && tensor.shape()[0] == shape[0];
  };
  if (shape.rank() != 3 || !fits(target, 2) || !fits(prediction_lengths, 1) || !fits(target_lengths, 1)) {
    throw ShapeError(
        fmt::format("ctc: expected target (batch, labels), prediction (batch, steps, classes) and lengths "
                    "(batch,), but got {}, {}, {} and {}",
                    target.shape().to_string(), shape.to_string(), prediction_lengths.shape().to_string(),
                    target_lengths.shape().to_string()));
  }
  if (!shape[1].is_known() || !shape[2].is_known() || !target.shape()[1].is_known()) {
    throw ShapeError(
        fmt::format("ctc: expected known numbers of labels, steps and classes, but got target {} and "
                    "prediction {}; only the batch may be a symbol, pad the rest",
                    target.shape().to_string(), shape.to_string()));
  }
  if (blank < 0 || blank >= shape[2].value()) {
    throw ValueError(
        fmt::format("ctc: expected a blank from 0 to {}, one of the classes, but got {}", shape[2].value() - 1, blank));
  }
}

}  // namespace

Tensor ctc(const Tensor& target, const Tensor& prediction, const Tensor& prediction_lengths,
           const Tensor& target_lengths, const CtcOptions& options) {
  expect_arguments(target, prediction, prediction_lengths, target_lengths, options.blank);
  return apply_all(std::make_shared<const Ctc>(options.blank),
                   {log_softmax(prediction), cast(target, DType::int64), cast(prediction_lengths, DType::int64),
                    cast(target_lengths, DType::int64)})[0];
}

static const Register registered_ctc{{
    .name = "ctc",
    .family = OperatorFamily::loss,
    .signature = "ctc(target, prediction, prediction_lengths, target_lengths, {.blank = 0})",
    .summary = "Connectionist temporal classification: how improbable the labels of a sequence are, for each sequence.",
    .formula = "-log(sum of the products of softmax(prediction) along all ways to emit the labels)",
    .gradient = "c * (softmax(prediction) - o), o the probability, given the labels, that a step emits a class; two "
                "orders",
    .shapes = "target (batch, labels), prediction (batch, steps, classes), lengths (batch,): (batch,)",
}};

}  // namespace xgrad
