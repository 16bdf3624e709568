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
  std::optional<std::uint32_t> find(const Node& node) const {
    const auto& page = pages_[slot(node.id() / page_size)];
    const auto found = page.is_free() ? 0 : numbers_[page.first + node.id() % page_size];
    return found == 0 ? std::nullopt : std::optional(found - 1);
  }

  /// The number of a node that was met.
  std::uint32_t operator[](const Node& node) const {
    return numbers_[pages_[slot(node.id() / page_size)].first + node.id() % page_size] - 1;
  }

  std::size_t size() const { return size_; }

 private:
  // Nodes of one graph were mostly made one after the other: ids come in runs, and a table of runs is much smaller than
  // one of ids.
  static constexpr std::uint64_t page_size = 128;

  struct Page {
    std::uint64_t id_plus_one = 0;  // 0 where no page is
    std::size_t first = 0;          // of its numbers
    bool is_free() const { return id_plus_one == 0; }
  };

  /// Where the page is, or could be put.
  std::size_t slot(std::uint64_t page) const {
    const std::size_t mask = pages_.size() - 1;
    std::size_t position = (page * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (!pages_[position].is_free() && pages_[position].id_plus_one != page + 1) position = (position + 1) & mask;
    return position;
  }
  void grow();

  std::vector<Page> pages_;             // a power of two of them, at most half of them taken
  std::vector<std::uint32_t> numbers_;  // of the nodes of each page, plus one; 0 for a node that was not met
  std::size_t size_ = 0;
};

}  // namespace xgrad
