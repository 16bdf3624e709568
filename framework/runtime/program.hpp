#pragma once

#include <xgrad/framework/core/inline_vector.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/function_options.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace xgrad {

using ValueId = std::uint32_t;
using InstructionId = std::uint32_t;

/// What an instruction is to the runtime.
enum class InstructionKind : std::uint8_t {
  kernel,       ///< runs Op::forward
  elementwise,  ///< a formula, evaluated with its neighbours tile by tile
  copy,         ///< its input, repeated along broadcast axes
  reshape,      ///< its first input's memory under another shape; readers wait for what makes the other inputs
  store,        ///< writes its input into the parameter `target`
};

struct Instruction {
  InstructionKind kind;
  const Op* op = nullptr;  ///< none for copies and stores the runtime itself added
  InlineVector<ValueId, 2> inputs;
  InlineVector<ValueId, 2> outputs;
  ValueId target = 0;  ///< of a store

  /// What it writes: its first output, or the target of a store.
  ValueId result() const { return kind == InstructionKind::store ? target : outputs[0]; }
};

/// Where a value comes from.
enum class ValueSource : std::uint8_t { argument, parameter, constant, dim_size, computed };

struct Value {
  const TensorType& type;      ///< of a node of the program
  DType dtype = type.dtype;    ///< beside the shape's id, so that the node need not be read again
  std::uint32_t shape_id = 0;  ///< equal for equal shapes
  std::uint32_t space_id =
      0;  ///< equal for shapes of as many elements in as many rows, which formulas go through alike
  ValueSource source = ValueSource::computed;
  bool is_static = false;   ///< known once sizes are: made of constants only
  std::uint32_t index = 0;  ///< of the argument, or of the instruction that computes it
  const Op* leaf = nullptr;
  ValueId root = 0;  ///< the value whose memory it shares: itself, or what it is a reshape of
};

/// A graph as flat lists, in an order in which it can run, with broadcasts left to the formulas that read them. The
/// same for every size of the symbols.
struct Program {
  std::vector<Value> values;
  std::vector<Instruction> instructions;
  std::vector<const Shape*> shapes;  ///< by shape_id
  std::uint32_t spaces = 0;          ///< one more than the largest space_id
  std::vector<ValueId> arguments;    ///< by position; all inputs, also those that nothing reads
  std::vector<ValueId> outputs;
  std::vector<NodeHandle> nodes;  ///< keeps the operators alive
  Passes passes;                  ///< what the stages after lowering may do

  const Value& root(ValueId value) const { return values[values[value].root]; }
  const Shape& shape(ValueId value) const { return *shapes[values[value].shape_id]; }
};

/// Runs the passes over the graph and flattens it. The arguments were checked by `compile`.
Program lower(std::span<const Tensor> inputs, std::span<const Tensor> outputs, const Updates& updates,
              const Passes& passes = {});

}  // namespace xgrad
