#pragma once

#include <xgrad/framework/core/attributes.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xgrad {

/// A block of elements in planned memory, as a kernel sees it: it owns nothing.
struct ArrayView {
  std::byte* data = nullptr;
  DType dtype = DType::float32;
  std::span<const std::int64_t> shape;
  /// Elements from one row to the next. Inside a row, elements are contiguous. Equals the row's size except where an
  /// operator asked in `row_axes` for a slice of a later axis.
  std::int64_t row_stride = 0;

  template <Element T>
  T* as() const {
    return reinterpret_cast<T*>(data);
  }
};

/// What a kernel is given: where to read, where to write, and which rows of the whole output it computes.
struct KernelArguments {
  std::span<const ArrayView> inputs;
  std::span<const ArrayView> outputs;
  std::int64_t first_row = 0;  ///< index in the whole output of the first row of this block
};

/// What a reverse rule is given.
struct Vjp {
  std::span<const Tensor> inputs;
  std::span<const Tensor> outputs;
  /// One for each output, of the output's type: the derivative of the loss with respect to it.
  std::span<const Tensor> cotangents;

  const Tensor& input(std::size_t index = 0) const { return inputs[index]; }
  const Tensor& output() const { return outputs[0]; }
  const Tensor& cotangent() const { return cotangents[0]; }
};

/// A reverse rule as a value: the cotangent of one input.
using VjpRule = std::function<std::optional<Tensor>(const Vjp&)>;

class Op;

/// An input that an operator's kernel rearranges before it reads it, and that can be rearranged ahead: once for all
/// blocks of rows, and for all nodes that read it in the same way.
struct PackableInput {
  std::size_t index;
  /// Rearranges that input; its second input is a scalar of int64, the number of rows that are going to be multiplied
  /// by it, by which it decides whether that pays off.
  /// It names its attributes, so that one that is made by another call is the same.
  std::shared_ptr<const Op> pack;
  Dim rows;  ///< that the asked node brings
};

/// A differentiable operator: how the types of its outputs follow from its inputs, its kernel, and its reverse rule. An
/// instance holds the operator's attributes (axes, flags) and never changes.
class Op {
 public:
  virtual ~Op() = default;

  /// The public name: "dot". First word of every error of the operator.
  virtual std::string_view name() const = 0;

  /// Everything that tells this instance from others of its class and name: {{"axes", axes}, {"keepdims", keepdims}}.
  /// Two that agree in all of it are taken for one. Nothing (the default) for an instance that is equal only to itself.
  virtual std::optional<Attributes> attributes() const { return std::nullopt; }

  /// Whether the kernels are those of `other`, which has the same class, name and attributes. Overridden by classes
  /// whose constructor takes the kernels, such as `Formula`.
  virtual bool has_kernels_of(const Op& other) const { return static_cast<void>(other), true; }

  /// Types of the outputs. Throws ShapeError or DTypeError when the inputs do not fit.
  virtual std::vector<TensorType> infer(std::span<const TensorType> inputs) const = 0;

  /// Computes the outputs. Inputs and outputs are contiguous unless `row_axes` asked otherwise; outputs overlap no
  /// input. Left out by what the runtime evaluates itself: leaves, elementwise formulas, broadcasts and reshapes.
  virtual void forward(const KernelArguments& arguments) const;

  /// False when `forward` throws nothing, except std::bad_alloc out of `thread_memory`, which a call reserves before
  /// its tasks start: a kernel that allocates in any other way, such as by a local vector, can fail. A function that
  /// updates parameters does so after all kernels that can fail, so that a call that throws leaves all of them as they
  /// were.
  virtual bool can_fail() const { return true; }

  /// The cotangent of input `index`, written in tensor operations, in the shape of the output before broadcasting: the
  /// engine sums it back to the input's shape. Called only for floating-point inputs whose gradient is needed. Nothing
  /// means zero everywhere. The default throws GradientError.
  virtual std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const;

  /// The cotangents of all inputs that are `wanted`, and nothing for the others. The default asks `vjp` for each; for
  /// operators whose rules have parts in common that are large as graph.
  virtual std::vector<std::optional<Tensor>> vjps(const Vjp& at, const std::vector<bool>& wanted) const;

  /// Marks an input that every row of the output needs whole.
  static constexpr int whole = -1;

  /// How rows (indices of axis 0) of the output depend on the inputs: for each input the axis that is cut the same way,
  /// or `whole`. Nothing (the default) when the operator must see everything at once. This is what lets the runtime cut
  /// work into blocks.
  virtual std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const;

  /// True when output 0 is input 0 under another shape: no kernel runs. Further inputs are not read: they are waited
  /// for, in that readers of the output run on a later level than what makes those inputs.
  virtual bool is_reshape() const { return false; }

  /// True when the output is input 0 repeated along broadcast axes: readers of the output read the input instead.
  virtual bool is_broadcast() const { return false; }

  /// A cheaper tensor of the same dtype and shape, and of the same value up to rounding for all values of the inputs,
  /// infinities and not-a-number included. Nothing (the default) when there is none. Asked by the compiler for
  /// operators of one output.
  virtual std::optional<Tensor> simplify(std::span<const Tensor> inputs) const;

  /// The same value from operands before they were transposed, which the kernel reads in place. Nothing (the default)
  /// when it cannot or none is transposed.
  virtual std::optional<Tensor> without_transposes(std::span<const Tensor> inputs) const;

  /// The input that can be packed ahead. Nothing (the default) when there is none or it is too small for that.
  virtual std::optional<PackableInput> packable_input(std::span<const Tensor> inputs) const;

  /// True for an operator that packs inputs: what it makes of a parameter is kept from call to call, until the
  /// parameter holds something else.
  virtual bool packs_input() const { return false; }

  /// The same value, to the last bit, with the input that `packable_input` names read from `packed`, what its operator
  /// made of it and of `rows`. Asked only of operators that named one.
  virtual Tensor with_packed_input(std::span<const Tensor> inputs, const Tensor& packed, const Tensor& rows) const;

  /// The fewest rows of a block that do not waste work, such as preparing an operand once for each block.
  virtual std::int64_t least_block_rows() const { return 1; }

  /// Rough cost of one element of output 0, in additions, given the shapes of the inputs; what is worth sharing among
  /// threads follows from it.
  virtual double cost(std::span<const Extents> inputs) const;

  /// Floating-point operations for one element of output 0, given the shapes of the inputs; for reports only. 1 unless
  /// the operator says otherwise.
  virtual double operations(std::span<const Extents> inputs) const;
};

/// True when both compute the same of the same inputs: they are one object, or agree in class, name, attributes and
/// kernels.
bool are_same(const Op& left, const Op& right);

/// Adds a node: checks types through `op`. The general form, for operators with several outputs.
std::vector<Tensor> apply_all(std::shared_ptr<const Op> op, std::vector<Tensor> inputs);

/// Adds a node of an operator with one output. Throws std::logic_error when it has another number of them.
Tensor apply(std::shared_ptr<const Op> op, std::vector<Tensor> inputs);

/// The same for a pointer to any operator class; without it, std::apply would be the better match for a vector.
template <std::derived_from<Op> Operator>
Tensor apply(std::shared_ptr<Operator> op, std::vector<Tensor> inputs) {
  return apply(std::shared_ptr<const Op>(std::move(op)), std::move(inputs));
}

}  // namespace xgrad
