#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/inline_vector.hpp>
#include <xgrad/framework/core/node_handle.hpp>
#include <xgrad/framework/core/number.hpp>
#include <xgrad/framework/core/shape.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

class Op;

/// A handle on one output of a node of an immutable expression graph. Copying it copies the handle; building an
/// expression computes nothing, it checks dtypes and shapes. Two handles are equal when they name the same output of
/// the same node. A handle that was made without arguments or moved from names nothing: it can be assigned to, copied,
/// compared and destroyed, all else throws StateError.
class Tensor {
 public:
  Tensor() = default;
  Tensor(NodeHandle node, std::size_t output) : node_(std::move(node)), output_(output) {}

  /// Of a handle with a name, a reference that lives as long as the node; of a temporary one, a copy.
  const TensorType& type() const&;
  TensorType type() const&& { return type(); }
  const Shape& shape() const& { return type().shape; }
  Shape shape() const&& { return type().shape; }
  DType dtype() const { return type().dtype; }
  std::size_t rank() const { return shape().rank(); }

  /// The name given to the node, or empty.
  const std::string& name() const&;
  std::string name() const&& { return name(); }

  const Node& node() const {
    if (!node_) [[unlikely]]
      throw_empty();
    return *node_;
  }
  const NodeHandle& shared_node() const { return node_; }
  std::size_t output() const { return output_; }

  /// What a parameter holds now. Throws StateError for any other tensor.
  const Array& value() const&;
  Array value() const&& { return value(); }

  /// Replaces what a parameter holds. Throws StateError for any other tensor, DTypeError or ShapeError when the new
  /// value differs in type from the parameter.
  void assign(const ArrayRef& value) const;

  friend bool operator==(const Tensor& left, const Tensor& right) {
    return left.node_ == right.node_ && left.output_ == right.output_;
  }

 private:
  [[noreturn]] static void throw_empty();

  NodeHandle node_;
  std::size_t output_ = 0;
};

/// One operator applied to tensors. Made by `apply`, `input`, `parameter` and `constant`; never changes afterwards. A
/// node owns its inputs and nothing owns its users, so graphs have no cycles. A node's id is larger than the ids of its
/// inputs: sorting by id is a topological order.
class Node {
 public:
  /// Throws ShapeError when an output has more than `max_rank` axes or more bytes than 64 bits can count.
  static NodeHandle make(std::shared_ptr<const Op> op, std::vector<Tensor> inputs, std::vector<TensorType> outputs,
                         std::string name = {});
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  const Op& op() const { return *op_; }
  const std::shared_ptr<const Op>& shared_op() const { return op_; }
  std::span<const Tensor> inputs() const { return inputs_; }
  std::span<const TensorType> outputs() const { return outputs_; }
  /// Empty for most.
  const std::string& name() const;
  std::uint64_t id() const { return id_; }

 private:
  friend class NodeHandle;
  Node(std::shared_ptr<const Op> op, std::vector<Tensor> inputs, std::vector<TensorType> outputs, std::string name);
  ~Node() = default;

  // One allocation holds all of a node that has two inputs, one output of two axes and no name: large graphs are slow
  // where their nodes are not in cache.
  std::shared_ptr<const Op> op_;
  InlineVector<Tensor, 2> inputs_;
  InlineVector<TensorType, 1> outputs_;
  std::unique_ptr<const std::string> name_;
  union {
    std::uint64_t id_;
    const Node* next_dead_;  // of a node without owners
  };
  mutable std::atomic<std::uint32_t> owners_{0};
};

inline void NodeHandle::retain() const noexcept {
  if (node_) node_->owners_.fetch_add(1, std::memory_order_relaxed);
}

inline void NodeHandle::release() const noexcept {
  if (node_ && node_->owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy(node_);
}

/// A leaf that takes its value from an argument of each call of a compiled function.
Tensor input(Shape shape, std::string name = {}, DType dtype = DType::float32);

/// A leaf with a value of its own that compiled functions update and `assign` replaces.
Tensor parameter(Array value, std::string name = {});

/// A leaf whose value never changes: any xtensor expression or number, evaluated once.
Tensor constant(Array value, std::string name = {});

/// A scalar constant of the given dtype, converted as by `Array::cast`.
Tensor scalar(Number value, DType dtype = DType::float32);

/// A size as a scalar tensor, also when it is a symbol: what a mean divides by.
Tensor dim_size(Dim dim, DType dtype = DType::float32);

/// The nodes from which `tensors` are computed, themselves included, each once and after its inputs.
std::vector<NodeHandle> nodes_below(std::span<const Tensor> tensors);

/// Those of `nodes_below(tensors)` that may depend on one of `sources`, and perhaps some more, but none that is below
/// sources only: what is made of a few nodes at the end of a long graph costs as much as these.
std::vector<NodeHandle> nodes_above(std::span<const Tensor> sources, std::span<const Tensor> tensors);

}  // namespace xgrad
