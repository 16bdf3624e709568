#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/runtime/tile_program.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace xgrad {
namespace {

// Elements of a tile: a dozen float registers of this length fit the first-level cache, and the cost of calling a
// kernel is spread thin.
constexpr std::int64_t preferred_tile = 1024;

/// Lines of elements, written one after the other.
struct Lines {
  std::int64_t count;
  std::int64_t stride;  ///< from the source of one to that of the next
  std::int64_t elements;
  std::int64_t element_stride;
};

template <class T>
void spread_elements(const std::byte* source, std::byte* tile, const Lines& lines) {
  const auto* from = reinterpret_cast<const T*>(source);
  auto* to = reinterpret_cast<T*>(tile);
  for (std::int64_t line = 0; line < lines.count; ++line, from += lines.stride, to += lines.elements) {
    if (lines.element_stride == 0) {
      std::fill_n(to, lines.elements, *from);
    } else if (lines.element_stride == 1) {
      std::copy_n(from, lines.elements, to);
    } else {
      for (std::int64_t index = 0; index < lines.elements; ++index) to[index] = from[index * lines.element_stride];
    }
  }
}

void spread_lines(const std::byte* source, std::byte* tile, const Lines& lines, std::size_t element_bytes) {
  switch (element_bytes) {
    case 1:
      return spread_elements<std::uint8_t>(source, tile, lines);
    case 4:
      return spread_elements<std::uint32_t>(source, tile, lines);
    default:
      return spread_elements<std::uint64_t>(source, tile, lines);
  }
}

}  // namespace

TileProgram::TileProgram(Extents shape) : shape_(std::move(shape)) {
  row_elements_ = element_count(std::span(shape_).subspan(1));
}

void TileProgram::reserve(std::size_t formulas) {
  variables_.reserve(formulas + 1);
  operations_.reserve(formulas);
  operands_.reserve(3 * formulas);  // most have two inputs
}

TileProgram::Variable TileProgram::add_variable(VariableState state) {
  variables_.push_back(state);
  return static_cast<Variable>(variables_.size() - 1);
}

TileProgram::Variable TileProgram::add_memory(Location location, std::size_t element_bytes) {
  return add_variable({.kind = Kind::memory,
                       .element_bytes = static_cast<std::uint8_t>(element_bytes),
                       .location = location,
                       .row_elements = row_elements_});
}

TileProgram::Variable TileProgram::add_register(std::size_t element_bytes) {
  return add_variable({.kind = Kind::temporary,
                       .element_bytes = static_cast<std::uint8_t>(element_bytes),
                       .location = {},
                       .row_elements = row_elements_});
}

TileProgram::Variable TileProgram::add_broadcast(Location location, std::size_t element_bytes, const Extents& shape,
                                                 const Extents& space) {
  Repetition repetition;
  auto& loops = repetition.loops;
  // From the innermost axis outwards; neighbours that continue each other become one loop.
  std::int64_t stride = 1;
  for (std::size_t back = 1; back <= space.size(); ++back) {
    const auto extent = space[space.size() - back];
    const auto own = back <= shape.size() ? shape[shape.size() - back] : 1;
    const std::int64_t step = own == 1 ? 0 : stride;
    stride *= own;
    if (extent == 1) continue;
    if (!loops.empty() && (step == loops.back().stride * loops.back().extent)) {
      loops.back().extent *= extent;
    } else {
      loops.push_back({extent, step});
    }
  }
  std::reverse(loops.begin(), loops.end());
  auto kind = Kind::strided;
  if (std::all_of(loops.begin(), loops.end(), [](const Loop& loop) { return loop.stride == 0; })) {
    kind = Kind::scalar;
  } else if (loops.size() == 2 && loops[0].stride == 0 && loops[1].extent <= preferred_tile) {
    kind = Kind::periodic;
    repetition.period = loops[1].extent;
  }
  repetitions_.push_back(std::move(repetition));
  return add_variable({.kind = kind,
                       .element_bytes = static_cast<std::uint8_t>(element_bytes),
                       .repetition = static_cast<std::uint32_t>(repetitions_.size() - 1),
                       .location = location,
                       .row_elements = row_elements_});
}

TileProgram::Variable TileProgram::add_broadcast_rows(Location location, std::size_t element_bytes,
                                                      const Extents& shape, const Extents& space) {
  // Seen from a block, the operand starts at the block's first row; positions are counted from there as well.
  const auto variable = add_broadcast(location, element_bytes, shape, space);
  variables_[variable].kind = Kind::strided;
  return variable;
}

void TileProgram::add(Elementwise::Kernel kernel, std::span<const Variable> inputs, std::span<const Variable> outputs) {
  if (inputs.size() > max_arity || outputs.size() > max_results) {
    throw ValueError(
        fmt::format("compile: an elementwise operator has {} inputs and {} results, more than the {} and {} that are "
                    "possible; split it",
                    inputs.size(), outputs.size(), max_arity, max_results));
  }
  add_operation(kernel, none, inputs, outputs);
}

void TileProgram::add_row_kernel(const Op& op, Variable input, Rows input_rows, std::vector<Rows> results) {
  std::vector<Variable> outputs;
  for (const auto& result : results) {
    outputs.push_back(add_memory(result.location, size_of(result.dtype)));
    variables_.back().row_elements = element_count(std::span(result.shape).subspan(1));
  }
  add_operation(nullptr, static_cast<std::uint32_t>(row_kernels_.size()), {&input, 1}, outputs);
  row_kernels_.push_back({&op, std::move(input_rows), std::move(results)});
}

void TileProgram::add_operation(Elementwise::Kernel kernel, std::uint32_t row_kernel, std::span<const Variable> inputs,
                                std::span<const Variable> outputs) {
  operations_.push_back({kernel, row_kernel, static_cast<std::uint32_t>(operands_.size()),
                         static_cast<std::uint8_t>(inputs.size()), static_cast<std::uint8_t>(outputs.size())});
  operands_.insert(operands_.end(), inputs.begin(), inputs.end());
  operands_.insert(operands_.end(), outputs.begin(), outputs.end());
}

std::span<const TileProgram::Variable> TileProgram::inputs(const Operation& operation) const {
  return std::span(operands_).subspan(operation.first, operation.arity);
}

std::span<const TileProgram::Variable> TileProgram::outputs(const Operation& operation) const {
  return std::span(operands_).subspan(operation.first + operation.arity, operation.results);
}

void TileProgram::finish() {
  // Tiles hold whole periods, so that a periodic operand is spread once for all of them, and whole rows for row
  // kernels, which treat several abreast.
  std::int64_t period = 1;
  if (!row_kernels_.empty()) {
    period = row_elements_ * (preferred_tile / row_elements_ >= rows_abreast ? rows_abreast : 1);
  }
  std::size_t element_bytes = 1;
  for (auto& variable : variables_) {
    if (variable.kind == Kind::periodic) {
      const auto own = repetitions_[variable.repetition].period;
      if (period == 1) period = own;
      if (period % own != 0) variable.kind = Kind::strided;
    }
    element_bytes = std::max<std::size_t>(element_bytes, variable.element_bytes);
  }
  const auto elements = shape_[0] * row_elements_;
  tile_elements_ =
      std::min(std::max<std::int64_t>(preferred_tile / period, 1) * period, std::max<std::int64_t>(elements, 1));

  std::vector<std::size_t> last_use(variables_.size(), 0);
  for (std::size_t index = 0; index < operations_.size(); ++index) {
    for (const auto input : inputs(operations_[index])) last_use[input] = index;
  }
  // Registers are all of one size: the one that became free last is given out next.
  const auto register_bytes = aligned_size(static_cast<std::size_t>(tile_elements_) * element_bytes);
  std::size_t all_registers = 0;
  std::vector<std::size_t> free_registers;
  const auto take_register = [&] {
    if (free_registers.empty()) return register_bytes * all_registers++;
    const auto offset = free_registers.back();
    free_registers.pop_back();
    return offset;
  };
  for (auto& variable : variables_) {
    if (variable.kind == Kind::memory || variable.kind == Kind::temporary) continue;
    variable.register_offset = take_register();  // kept for the whole run
  }
  for (std::size_t index = 0; index < operations_.size(); ++index) {
    const auto& operation = operations_[index];
    for (const auto result : outputs(operation)) {
      auto& output = variables_[result];
      if (output.kind == Kind::temporary) output.register_offset = take_register();
    }
    // Each register is released once, at its last use, even when a formula reads it twice.
    for (const auto variable : inputs(operation)) {
      if (variables_[variable].kind != Kind::temporary || last_use[variable] != index) continue;
      free_registers.push_back(variables_[variable].register_offset);
      last_use[variable] = std::numeric_limits<std::size_t>::max();
    }
  }
  scratch_bytes_ = all_registers * register_bytes + aligned_size(variables_.size() * sizeof(std::byte*)) * 2 +
                   aligned_size(operands_.size() * sizeof(std::byte*));
}

std::size_t TileProgram::keep_constants(std::span<std::byte* const> stretches, const std::vector<bool>& is_constant,
                                        std::size_t most_bytes) {
  constexpr std::int64_t worth_keeping = 64;
  const auto is_kept = [&](const VariableState& variable) {
    return (variable.kind == Kind::scalar || variable.kind == Kind::periodic) &&
           variable.location.stretch != Location::scratch && is_constant[variable.location.stretch];
  };
  const auto tile_bytes = [&](const VariableState& variable) {
    return aligned_size(static_cast<std::size_t>(tile_elements_) * variable.element_bytes);
  };
  std::size_t bytes = 0;
  for (const auto& variable : variables_) bytes += is_kept(variable) ? tile_bytes(variable) : 0;
  if (bytes == 0 || bytes > most_bytes || tile_elements_ < worth_keeping) return 0;
  kept_ = AlignedMemory(bytes);
  std::size_t offset = 0;
  for (auto& variable : variables_) {
    if (!is_kept(variable)) continue;
    fill(variable, variable.location.address(stretches, nullptr, 0), kept_.data() + offset, tile_elements_);
    variable.kind = Kind::kept;
    variable.register_offset = offset;
    offset += tile_bytes(variable);
  }
  return bytes;
}

void TileProgram::run(std::span<std::byte* const> stretches, std::byte* phase_scratch, std::byte* scratch,
                      std::int64_t first_row, std::int64_t last_row) const {
  const auto elements = (last_row - first_row) * row_elements_;
  if (elements == 0) return;
  const auto table_bytes = aligned_size(variables_.size() * sizeof(std::byte*));
  auto** sources = reinterpret_cast<std::byte**>(scratch);
  auto** pointers = reinterpret_cast<std::byte**>(scratch + table_bytes);
  auto** operands = reinterpret_cast<std::byte**>(scratch + 2 * table_bytes);
  std::byte* registers = scratch + 2 * table_bytes + aligned_size(operands_.size() * sizeof(std::byte*));

  // Where the block begins in the iteration space. Operands whose location moves with the block count from its first
  // row.
  const auto start = [&](const VariableState& variable) {
    return variable.location.row_bytes != 0 || variable.location.stretch == Location::scratch
               ? 0
               : first_row * row_elements_;
  };
  for (std::size_t index = 0; index < variables_.size(); ++index) {
    const auto& variable = variables_[index];
    if (variable.kind == Kind::kept) {
      pointers[index] = kept_.data() + variable.register_offset;
      continue;
    }
    pointers[index] = registers + variable.register_offset;
    if (variable.kind == Kind::temporary) continue;
    sources[index] = variable.location.address(stretches, phase_scratch, first_row);
    if (is_one_tile(variable)) {
      pointers[index] = sources[index];
    } else if (variable.kind == Kind::scalar || variable.kind == Kind::periodic) {
      fill(variable, sources[index], pointers[index], std::min(tile_elements_, elements));
    }
  }
  for (std::int64_t first = 0; first < elements; first += tile_elements_) {
    const auto count = std::min(tile_elements_, elements - first);
    for (std::size_t index = 0; index < variables_.size(); ++index) {
      const auto& variable = variables_[index];
      if (variable.kind == Kind::memory) {
        const auto before =
            variable.row_elements == row_elements_ ? first : first / row_elements_ * variable.row_elements;
        pointers[index] = sources[index] + before * variable.element_bytes;
      } else if (variable.kind == Kind::strided) {
        spread(variable, sources[index], pointers[index], start(variable) + first, count);
      }
    }
    for (std::size_t index = 0; index < operands_.size(); ++index) operands[index] = pointers[operands_[index]];
    for (const auto& operation : operations_) {
      std::byte* const* inputs = operands + operation.first;
      std::byte* const* outputs = inputs + operation.arity;
      if (operation.kernel) {
        operation.kernel(inputs, outputs, static_cast<std::size_t>(count));
      } else if (operation.row_kernel != none) {
        run_rows(row_kernels_[operation.row_kernel], inputs[0], outputs, first_row + first / row_elements_,
                 count / row_elements_);
      } else if (outputs[0] != inputs[0]) {
        const auto element_bytes = variables_[this->outputs(operation)[0]].element_bytes;
        std::memcpy(outputs[0], inputs[0], static_cast<std::size_t>(count) * element_bytes);
      }
    }
  }
}

// True for an operand whose elements are one tile, which every tile reads where it is.
bool TileProgram::is_one_tile(const VariableState& variable) const {
  if (variable.kind != Kind::periodic) return false;
  const auto& [loops, period] = repetitions_[variable.repetition];
  return period == tile_elements_ && loops.back().stride == 1;
}

void TileProgram::run_rows(const RowKernel& kernel, const std::byte* input, std::byte* const* results,
                           std::int64_t first_row, std::int64_t rows) {
  std::array<std::array<std::int64_t, max_rank>, 1 + max_results> shapes;
  const auto view = [&](const Rows& whole, std::byte* data, std::array<std::int64_t, max_rank>& shape) {
    std::copy(whole.shape.begin(), whole.shape.end(), shape.begin());
    shape[0] = rows;
    const std::span<const std::int64_t> sizes(shape.data(), whole.shape.size());
    return ArrayView{data, whole.dtype, sizes, element_count(sizes.subspan(1))};
  };
  // Kernels only read their inputs.
  const auto from = view(kernel.input, const_cast<std::byte*>(input), shapes[0]);
  std::array<ArrayView, max_results> to;
  for (std::size_t index = 0; index < kernel.results.size(); ++index) {
    to[index] = view(kernel.results[index], results[index], shapes[index + 1]);
  }
  kernel.op->forward({{&from, 1}, {to.data(), kernel.results.size()}, first_row});
}

// Writes a tile of an operand of which all tiles are alike.
void TileProgram::fill(const VariableState& variable, const std::byte* source, std::byte* tile,
                       std::int64_t count) const {
  if (variable.kind == Kind::scalar) {
    spread_lines(source, tile, {1, 0, count, 0}, variable.element_bytes);
  } else {
    spread(variable, source, tile, 0, count);
  }
}

// Writes elements [first, first + count) of the iteration space, as the operand's loops repeat them.
void TileProgram::spread(const VariableState& variable, const std::byte* source, std::byte* tile, std::int64_t first,
                         std::int64_t count) const {
  const auto& loops = repetitions_[variable.repetition].loops;
  const auto& inner = loops.back();
  std::int64_t written = 0;
  while (written < count) {
    // Position of the next element in every loop.
    std::int64_t rest = first + written;
    const std::int64_t within = rest % inner.extent;
    rest /= inner.extent;
    std::int64_t offset = within * inner.stride;
    Lines lines{1, 0, std::min(inner.extent - within, count - written), inner.stride};
    for (std::size_t loop = loops.size() - 1; loop-- > 0;) {
      const auto& [extent, stride] = loops[loop];
      const auto position = loop == 0 ? rest : rest % extent;
      offset += position * stride;
      rest /= extent;
      // Whole lines up to the end of the loop around them go at once: they may be a few elements long.
      if (loop + 2 == loops.size() && lines.elements == inner.extent) {
        const auto whole = (count - written) / inner.extent;
        lines.count = loop == 0 ? whole : std::min(extent - position, whole);
        lines.stride = stride;
      }
    }
    spread_lines(source + offset * variable.element_bytes, tile + written * variable.element_bytes, lines,
                 variable.element_bytes);
    written += lines.count * lines.elements;
  }
}

}  // namespace xgrad
