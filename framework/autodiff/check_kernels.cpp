#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/check_kernels.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/position.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace xgrad {
namespace {

enum class Kind { none, elementwise, kernel };

Kind kind_of(const Op& op) {
  if (dynamic_cast<const Leaf*>(&op) || op.is_reshape() || op.is_broadcast()) return Kind::none;
  return dynamic_cast<const Elementwise*>(&op) ? Kind::elementwise : Kind::kernel;
}

/// A block of memory between guarded bytes.
class GuardedMemory {
 public:
  /// Filled with `value`, guards included.
  GuardedMemory(std::size_t bytes, std::byte value) : memory_(bytes + 2 * guard), bytes_(bytes) {
    std::fill_n(memory_.data(), memory_.size(), value);
    for (std::size_t i = 0; i < guard; ++i) memory_.data()[i] = memory_.data()[guard + bytes_ + i] = pattern(i);
  }

  /// A copy of elements between what is not a number, for what reads too far.
  GuardedMemory(const std::byte* from, std::size_t bytes, DType dtype) : GuardedMemory(bytes, std::byte{0}) {
    std::fill_n(memory_.data(), memory_.size(), is_floating(dtype) ? std::byte{0xFF} : std::byte{0});
    std::copy_n(from, bytes, data());
  }

  std::byte* data() { return memory_.data() + guard; }

  bool is_guarded() const {
    for (std::size_t i = 0; i < guard; ++i) {
      if (memory_.data()[i] != pattern(i) || memory_.data()[guard + bytes_ + i] != pattern(i)) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t guard = 4 * memory_alignment;
  static std::byte pattern(std::size_t i) { return static_cast<std::byte>(0xA5 ^ i); }

  AlignedMemory memory_;
  std::size_t bytes_;
};

/// The bytes that an output holds before a kernel writes it: of two calls with different ones, an element that is left
/// out differs.
constexpr std::byte fills[] = {std::byte{0xFF}, std::byte{0}};

struct NodeCheck {
  const Node& node;
  std::vector<Array> inputs;
  std::vector<bool> is_read;  ///< of the outputs: what nobody reads is the kernel's own, in which it may leave anything

  std::string_view name() const { return node.op().name(); }

  std::vector<Array> empty_outputs() const {
    std::vector<Array> outputs;
    for (const auto& type : node.outputs()) outputs.emplace_back(type.dtype, type.shape.extents());
    return outputs;
  }

  void expect_guarded(const GuardedMemory& memory) const {
    if (memory.is_guarded()) return;
    throw ValueError(
        fmt::format("{}: its kernel writes outside of its output; the rows and elements that there are stand in the "
                    "shapes of arguments.outputs",
                    name()));
  }

  void expect_same_calls(const std::vector<Array>& first, const std::vector<Array>& second) const {
    for (std::size_t output = 0; output < first.size(); ++output) {
      if (!is_read[output]) continue;
      const auto bytes = size_of(first[output].dtype());
      for (std::size_t i = 0; i < first[output].size(); ++i) {
        const auto* a = first[output].bytes().data() + i * bytes;
        const auto* b = second[output].bytes().data() + i * bytes;
        if (std::memcmp(a, b, bytes) == 0) continue;
        const bool is_left_out = std::all_of(a, a + bytes, [](std::byte byte) { return byte == fills[0]; }) &&
                                 std::all_of(b, b + bytes, [](std::byte byte) { return byte == fills[1]; });
        const auto where = position(i, first[output].shape());
        if (is_left_out) {
          throw ValueError(fmt::format(
              "{}: its kernel does not write element {} of output {}; what an output holds before is undefined", name(),
              where, output));
        }
        throw ValueError(fmt::format(
            "{}: two calls differ, in element {} of output {}; a kernel must keep nothing between calls, and "
            "not add to what its output held",
            name(), where, output));
      }
    }
  }

  void expect_close(const std::vector<Array>& expected, const std::vector<Array>& received, std::string_view how,
                    std::string_view fix) const {
    for (std::size_t output = 0; output < expected.size(); ++output) {
      if (!is_read[output]) continue;
      const double tolerance = expected[output].dtype() == DType::float32 ? 2e-6 : 1e-13;
      const Array all = expected[output].cast(DType::float64);
      const Array parts = received[output].cast(DType::float64);
      for (std::size_t i = 0; i < all.size(); ++i) {
        const double a = all.data<double>()[i];
        const double b = parts.data<double>()[i];
        if (a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= tolerance * std::max(1.0, std::abs(a)))
          continue;
        throw ValueError(fmt::format("{}: {}, element {} of output {} is {}, but {} at once; {}", name(), how,
                                     position(i, all.shape()), output, b, a, fix));
      }
    }
  }
};

/// A kernel over rows.
class RowCheck : private NodeCheck {
 public:
  explicit RowCheck(NodeCheck check) : NodeCheck(std::move(check)) {}

  void run() const {
    const auto& shape = node.outputs()[0].shape;
    const auto rows = shape.rank() == 0 ? 1 : shape[0].value();
    const std::vector<int> all(inputs.size(), Op::whole);
    const auto expected = in_blocks(all, rows, rows, false, fills[0]);
    expect_same_calls(expected, in_blocks(all, rows, rows, false, fills[1]));
    if (shape.rank() == 0 || rows < 2) return;
    const auto axes = row_axes(rows);
    if (!axes) return;
    std::string text;
    for (const auto axis : *axes)
      text += (text.empty() ? "" : ", ") + (axis == Op::whole ? "whole" : std::to_string(axis));
    const auto fix = fmt::format(
        "row_axes gives {{{}}}: for each input the axis of which a block gets just its own rows, from 0 on, or whole; "
        "where a row needs others, return std::nullopt",
        text);
    for (const auto block : {std::int64_t{1}, std::int64_t{2}}) {
      for (const bool backwards : {false, true}) {
        expect_close(
            expected, in_blocks(*axes, rows, block, backwards, fills[0]),
            fmt::format("computed in blocks of {} row(s){}", block, backwards ? " from the last to the first" : ""),
            fix);
      }
    }
  }

 private:
  std::optional<std::vector<int>> row_axes(std::int64_t rows) const {
    std::vector<TensorType> types;
    for (const auto& input : node.inputs()) types.push_back(input.type());
    auto axes = node.op().row_axes(types);
    if (!axes) return axes;
    if (axes->size() != inputs.size()) {
      throw ValueError(fmt::format("{}: row_axes gives {} axes, but there are {} inputs; give one for each", name(),
                                   axes->size(), inputs.size()));
    }
    for (std::size_t index = 0; index < inputs.size(); ++index) {
      const auto axis = (*axes)[index];
      const auto& shape = inputs[index].shape();
      if (axis == Op::whole) continue;
      if (axis < 0 || static_cast<std::size_t>(axis) >= shape.size() || shape[static_cast<std::size_t>(axis)] != rows) {
        throw ValueError(fmt::format(
            "{}: row_axes gives axis {} for input {} of shape {}, but the output has {} rows; name the axis "
            "that has as many, or whole",
            name(), axis, index, to_string(shape), rows));
      }
    }
    return axes;
  }

  std::vector<Array> in_blocks(const std::vector<int>& axes, std::int64_t rows, std::int64_t block_rows, bool backwards,
                               std::byte fill) const {
    auto outputs = empty_outputs();
    std::vector<std::int64_t> firsts;
    for (std::int64_t first = 0; first < std::max<std::int64_t>(rows, 1);
         first += std::max<std::int64_t>(block_rows, 1))
      firsts.push_back(first);
    if (backwards) std::reverse(firsts.begin(), firsts.end());
    for (const auto first : firsts) run_block(axes, first, std::min(block_rows, rows - first), fill, outputs);
    return outputs;
  }

  void run_block(const std::vector<int>& axes, std::int64_t first, std::int64_t count, std::byte fill,
                 std::vector<Array>& outputs) const {
    std::vector<GuardedMemory> memory;
    std::vector<Extents> shapes;
    memory.reserve(inputs.size() + outputs.size());
    shapes.reserve(inputs.size() + outputs.size());
    std::vector<ArrayView> from;
    for (std::size_t index = 0; index < inputs.size(); ++index) {
      const auto& input = inputs[index];
      const auto bytes = size_of(input.dtype());
      auto& shape = shapes.emplace_back(input.shape());
      const auto row = shape.empty() ? 1 : element_count(std::span(shape).subspan(1));
      auto* data = const_cast<std::byte*>(input.bytes().data());
      if (axes[index] != Op::whole) {
        const auto axis = static_cast<std::size_t>(axes[index]);
        data += static_cast<std::size_t>(first * element_count(std::span(shape).subspan(axis + 1))) * bytes;
        shape[axis] = count;
      }
      if (axes[index] <= 0) {  // contiguous: it stands alone, so that what is read beside it is noticed
        memory.emplace_back(data, static_cast<std::size_t>(element_count(shape)) * bytes, input.dtype());
        data = memory.back().data();
      }
      from.push_back({data, input.dtype(), shape, row});
    }
    std::vector<ArrayView> to;
    const auto first_output = memory.size();
    const bool is_cut = !outputs[0].shape().empty() && count != outputs[0].shape()[0];
    for (auto& output : outputs) {
      auto& shape = shapes.emplace_back(output.shape());
      const auto row = shape.empty() ? 1 : element_count(std::span(shape).subspan(1));
      if (is_cut) shape[0] = count;
      memory.emplace_back(static_cast<std::size_t>(element_count(shape)) * size_of(output.dtype()), fill);
      to.push_back({memory.back().data(), output.dtype(), shape, row});
    }
    node.op().forward({from, to, first});
    for (std::size_t index = 0; index < outputs.size(); ++index) {
      expect_guarded(memory[first_output + index]);
      const auto bytes = size_of(outputs[index].dtype());
      std::copy_n(to[index].data, static_cast<std::size_t>(element_count(to[index].shape)) * bytes,
                  outputs[index].bytes().data() + static_cast<std::size_t>(first * to[index].row_stride) * bytes);
    }
  }
};

/// A kernel over contiguous elements; its inputs have the shape of the output.
class ElementwiseCheck : private NodeCheck {
 public:
  explicit ElementwiseCheck(NodeCheck check) : NodeCheck(std::move(check)) {
    std::vector<DType> dtypes;
    for (const auto& input : inputs) dtypes.push_back(input.dtype());
    kernel_ = static_cast<const Elementwise&>(node.op()).kernel(dtypes);
  }

  void run() const {
    const auto count = static_cast<std::size_t>(element_count(node.outputs()[0].shape.extents()));
    const auto expected = over(0, count, fills[0]);
    expect_same_calls(expected, over(0, count, fills[1]));
    auto parts = empty_outputs();
    for (std::size_t i = 0; i < count; ++i) {
      const auto part = over(i, 1, fills[0]);
      for (std::size_t output = 0; output < parts.size(); ++output) {
        const auto bytes = size_of(parts[output].dtype());
        std::copy_n(part[output].bytes().data() + i * bytes, bytes, parts[output].bytes().data() + i * bytes);
      }
    }
    expect_close(expected, parts, "computed one element at a time",
                 "an element must depend on nothing but the operands at its place");
    expect_in_place(expected, count);
  }

 private:
  std::vector<Array> over(std::size_t first, std::size_t count, std::byte fill) const {
    auto outputs = empty_outputs();
    std::vector<GuardedMemory> memory;
    std::vector<const std::byte*> from;
    std::vector<std::byte*> to;
    memory.reserve(inputs.size() + outputs.size());
    for (const auto& input : inputs) {
      const auto bytes = size_of(input.dtype());
      memory.emplace_back(input.bytes().data() + first * bytes, count * bytes, input.dtype());
      from.push_back(memory.back().data());
    }
    const auto first_output = memory.size();
    for (const auto& output : outputs) to.push_back(memory.emplace_back(count * size_of(output.dtype()), fill).data());
    kernel_(from.data(), to.data(), count);
    for (std::size_t index = 0; index < outputs.size(); ++index) {
      expect_guarded(memory[first_output + index]);
      const auto bytes = size_of(outputs[index].dtype());
      std::copy_n(to[index], count * bytes, outputs[index].bytes().data() + first * bytes);
    }
    return outputs;
  }

  // The runtime lets a formula write over an operand that dies with it.
  void expect_in_place(const std::vector<Array>& expected, std::size_t count) const {
    for (std::size_t input = 0; input < inputs.size(); ++input) {
      for (std::size_t output = 0; output < expected.size(); ++output) {
        if (size_of(inputs[input].dtype()) != size_of(expected[output].dtype())) continue;
        auto copies = inputs;
        auto results = empty_outputs();
        std::vector<const std::byte*> from;
        std::vector<std::byte*> to;
        for (const auto& copy : copies) from.push_back(copy.bytes().data());
        for (auto& result : results) to.push_back(result.bytes().data());
        to[output] = copies[input].bytes().data();
        kernel_(from.data(), to.data(), count);
        std::copy_n(to[output], results[output].bytes().size(), results[output].bytes().data());
        expect_close(expected, results, "written over an operand",
                     "read all operands at a place before a result is written there");
      }
    }
  }

  Elementwise::Kernel kernel_;
};

/// The nodes that have a kernel, each operator once for the same types of inputs.
std::vector<NodeHandle> nodes_with_kernels(std::span<const Tensor> tensors) {
  std::vector<NodeHandle> result;
  for (const auto& node : nodes_below(tensors)) {
    if (kind_of(node->op()) == Kind::none || element_count(node->outputs()[0].shape.extents()) == 0) continue;
    const auto is_same = [&](const auto& other) {
      return &other->op() == &node->op() &&
             std::ranges::equal(
                 other->inputs(), node->inputs(), {}, [](const Tensor& input) { return input.type(); },
                 [](const Tensor& input) { return input.type(); });
    };
    if (std::ranges::none_of(result, is_same)) result.push_back(node);
  }
  return result;
}

/// Whether each output of a node is an input of a node, or one of `tensors`.
std::vector<bool> find_read(const Node& node, std::span<const Tensor> tensors) {
  std::vector<bool> result(node.outputs().size());
  const auto mark = [&](const Tensor& tensor) {
    if (&tensor.node() == &node) result[tensor.output()] = true;
  };
  std::ranges::for_each(tensors, mark);
  for (const auto& reader : nodes_below(tensors)) std::ranges::for_each(reader->inputs(), mark);
  return result;
}

/// What an operator makes of inputs: the outputs that are read of `node`. Nothing when it refuses them.
std::optional<std::vector<Array>> results(const Node& node, std::span<const Tensor> inputs,
                                          const std::vector<bool>& is_read) {
  try {
    const auto all = apply_all(node.shared_op(), {inputs.begin(), inputs.end()});
    std::vector<Tensor> read;
    for (std::size_t output = 0; output < all.size(); ++output) {
      if (is_read[output]) read.push_back(all[output]);
    }
    return compile({}, read)();
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool have_equal_bytes(const Array& a, const Array& b) {
  return a.dtype() == b.dtype() && a.shape() == b.shape() && std::ranges::equal(a.bytes(), b.bytes());
}

}  // namespace

void check_kernels(std::span<const Tensor> tensors) {
  const auto nodes = nodes_with_kernels(tensors);
  std::vector<Tensor> inputs;
  for (const auto& node : nodes) {
    const bool is_elementwise = kind_of(node->op()) == Kind::elementwise;
    for (const auto& input : node->inputs()) {
      inputs.push_back(is_elementwise ? broadcast_to(input, node->outputs()[0].shape) : input);
    }
  }
  auto values = compile({}, inputs)();
  auto next = values.begin();
  for (const auto& node : nodes) {
    std::vector<Array> arrays;
    for (std::size_t index = 0; index < node->inputs().size(); ++index) arrays.push_back(std::move(*next++));
    NodeCheck check{*node, std::move(arrays), find_read(*node, tensors)};
    if (kind_of(node->op()) == Kind::elementwise) {
      ElementwiseCheck(std::move(check)).run();
    } else {
      RowCheck(std::move(check)).run();
    }
  }
}

void AttributeCheck::add(std::string_view label, const Tensor& tensor) {
  for (const auto& node : nodes_with_kernels({&tensor, 1})) {
    const Op& op = node->op();
    const auto known = std::ranges::find_if(seen_, [&](const Seen& seen) { return are_same(seen.node->op(), op); });
    if (known == seen_.end()) {
      seen_.push_back({node, std::string(label), find_read(*node, {&tensor, 1})});
      continue;
    }
    if (&known->node->op() == &op) continue;
    const auto inputs = known->node->inputs();
    const auto expected = results(*known->node, inputs, known->is_read);
    const auto received =
        node->outputs().size() == known->is_read.size() ? results(*node, inputs, known->is_read) : std::nullopt;
    if (expected && received && std::ranges::equal(*expected, *received, have_equal_bytes)) continue;
    throw ValueError(
        fmt::format("{}: in the samples '{}' and '{}' the operators have equal names and attributes, \"{}\", but other "
                    "results on equal inputs, and in one graph they would be taken for one; its attributes() must give "
                    "all that tells them apart",
                    op.name(), known->label, label, op.attributes()->to_string()));
  }
}

}  // namespace xgrad
