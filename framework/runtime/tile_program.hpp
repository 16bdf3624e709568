#pragma once

#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/runtime/memory.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace xgrad {

/// Formulas over the same elements, evaluated a tile at a time: every formula of the chain runs over a tile before the
/// next tile begins, so that what passes between them stays in the first-level cache. Operands that are repeated along
/// broadcast axes are spread out into a tile first, so kernels only ever see contiguous elements. Kernels that treat
/// each row alike can end a chain; tiles are then whole rows.
class TileProgram {
 public:
  using Variable = std::uint32_t;

  /// The most operands of one formula.
  static constexpr std::size_t max_arity = 8;

  /// The most results of one formula or row kernel.
  static constexpr std::size_t max_results = 4;

  /// `shape` is the whole iteration space; blocks are ranges of its axis 0.
  explicit TileProgram(Extents shape);

  /// Makes room for so many formulas.
  void reserve(std::size_t formulas);

  /// An operand or result in memory with the elements of the iteration space. `location.row_bytes` moves it from block
  /// to block.
  Variable add_memory(Location location, std::size_t element_bytes);

  /// An operand of another shape that broadcasts to `space`, which has the elements of the iteration space and may
  /// divide its rows otherwise; its location is that of the whole.
  Variable add_broadcast(Location location, std::size_t element_bytes, const Extents& shape, const Extents& space);

  /// As `add_broadcast`, where the operand has the rows of the iteration space and `location` moves from block to
  /// block.
  Variable add_broadcast_rows(Location location, std::size_t element_bytes, const Extents& shape, const Extents& space);

  /// A result that only this program reads.
  Variable add_register(std::size_t element_bytes);

  /// Evaluates a formula; without a kernel, copies the one input to the one output.
  void add(Elementwise::Kernel kernel, std::span<const Variable> inputs, std::span<const Variable> outputs);

  /// What a row kernel reads or writes: of these elements, in as many rows as the iteration space.
  struct Rows {
    DType dtype;
    Extents shape;
    Location location;  ///< of a result: memory that this program does not read
  };

  /// Runs an operator that makes each row of its results from that row of its one input.
  void add_row_kernel(const Op& op, Variable input, Rows input_rows, std::vector<Rows> results);

  /// Assigns registers. Nothing is added afterwards.
  void finish();

  /// Spreads out now, and not in every run, those operands whose base address is the same and holds the same in all
  /// runs: `is_constant` by number in `stretches`. Takes no more than `most_bytes`; returns how many. After `finish`.
  std::size_t keep_constants(std::span<std::byte* const> stretches, const std::vector<bool>& is_constant,
                             std::size_t most_bytes);

  /// The whole iteration space.
  const Extents& shape() const { return shape_; }

  /// Bytes of thread scratch a run needs.
  std::size_t scratch_bytes() const { return scratch_bytes_; }

  /// Evaluates rows [first_row, last_row). `scratch` has `scratch_bytes`; `phase_scratch` is what scratch locations
  /// refer to.
  void run(std::span<std::byte* const> stretches, std::byte* phase_scratch, std::byte* scratch, std::int64_t first_row,
           std::int64_t last_row) const;

 private:
  enum class Kind : std::uint8_t { memory, scalar, periodic, strided, temporary, kept };

  struct Loop {
    std::int64_t extent;
    std::int64_t stride;  // in elements of the operand; 0 along repeated axes
  };

  /// How a strided or periodic operand is repeated.
  struct Repetition {
    std::vector<Loop> loops;  // outermost first
    std::int64_t period = 0;  // of a periodic operand, in elements
  };

  // Small, because a long chain has one for each formula.
  struct VariableState {
    Kind kind;
    std::uint8_t element_bytes;
    std::uint32_t repetition = 0;     // of a strided or periodic operand, in repetitions_
    std::size_t register_offset = 0;  // in the thread's scratch or, if kept, in kept_; if not memory
    Location location;                // where the operand is, if not temporary
    std::int64_t row_elements;        // of its own, if in memory
  };

  struct Operation {
    Elementwise::Kernel kernel;
    std::uint32_t row_kernel;  // runs instead of `kernel`; or none
    std::uint32_t first;       // of its operands, inputs before results, in operands_
    std::uint8_t arity;
    std::uint8_t results;
  };
  static constexpr auto none = static_cast<std::uint32_t>(-1);

  void add_operation(Elementwise::Kernel kernel, std::uint32_t row_kernel, std::span<const Variable> inputs,
                     std::span<const Variable> outputs);
  Variable add_variable(VariableState state);
  std::span<const Variable> inputs(const Operation& operation) const;
  std::span<const Variable> outputs(const Operation& operation) const;

  struct RowKernel {
    const Op* op;
    Rows input;
    std::vector<Rows> results;
  };

  bool is_one_tile(const VariableState& variable) const;
  static void run_rows(const RowKernel& kernel, const std::byte* input, std::byte* const* results,
                       std::int64_t first_row, std::int64_t rows);
  void fill(const VariableState& variable, const std::byte* source, std::byte* tile, std::int64_t count) const;
  void spread(const VariableState& variable, const std::byte* source, std::byte* tile, std::int64_t first,
              std::int64_t count) const;

  Extents shape_;
  std::int64_t row_elements_ = 1;
  std::int64_t tile_elements_ = 0;
  std::size_t scratch_bytes_ = 0;
  std::vector<VariableState> variables_;
  std::vector<Repetition> repetitions_;
  std::vector<Operation> operations_;
  std::vector<Variable> operands_;  // of all operations, one after the other
  std::vector<RowKernel> row_kernels_;
  AlignedMemory kept_;  // tiles of operands that are the same in all runs
};

}  // namespace xgrad
