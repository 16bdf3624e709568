#pragma once

#include <cstddef>
#include <utility>

namespace xgrad {

class Node;

/// Shared ownership of a node of a graph, or nothing. As `std::shared_ptr`, at half its size, because
/// the count lies in the node; and nodes whose last owners are each other's die one after the other, without recursion
/// and without memory, however long the chain of them is.
class NodeHandle {
 public:
  NodeHandle() = default;
  NodeHandle(std::nullptr_t) {}
  explicit NodeHandle(const Node* node) : node_(node) { retain(); }
  NodeHandle(const NodeHandle& other) : node_(other.node_) { retain(); }
  NodeHandle(NodeHandle&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  NodeHandle& operator=(NodeHandle other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~NodeHandle() { release(); }

  const Node* get() const { return node_; }
  const Node& operator*() const { return *node_; }
  const Node* operator->() const { return node_; }
  explicit operator bool() const { return node_ != nullptr; }
  friend bool operator==(const NodeHandle&, const NodeHandle&) = default;

 private:
  inline void retain() const noexcept;  // in tensor.hpp, with Node
  inline void release() const noexcept;
  static void destroy(const Node* node) noexcept;

  const Node* node_ = nullptr;
};

}  // namespace xgrad
