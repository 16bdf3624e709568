#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace xgrad {

/// Numbers nodes 0, 1, 2, ... as they are first met, so that what is known of them can lie in vectors. A node that dies
/// keeps its number.
class NodeIndex {
 public:
  /// With room for `expected` nodes.
  explicit NodeIndex(std::size_t expected = 0);

  /// The number of a node, and whether it was met here first.
  std::pair<std::uint32_t, bool> insert(const Node& node);

  /// The number of a node, or nothing when it was never met.
  std::optional<std::uint32_t> find(const Node& node) const;

  /// The number of a node that was met.
  std::uint32_t operator[](const Node& node) const { return *find(node); }

  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::uint64_t id;
    std::uint32_t number;
  };

  std::size_t slot(std::uint64_t id) const;
  void grow();

  std::vector<Entry> entries_;  // a power of two of them, at most half of them taken
  std::size_t size_ = 0;
};

}  // namespace xgrad
