#include <xgrad/framework/core/node_index.hpp>

#include <algorithm>
#include <bit>
#include <limits>

namespace xgrad {
namespace {

constexpr auto free_number = std::numeric_limits<std::uint32_t>::max();

}  // namespace

NodeIndex::NodeIndex(std::size_t expected)
    : entries_(std::bit_ceil(std::max<std::size_t>(2 * expected, 16)), Entry{0, free_number}) {}

// Nodes of one graph were mostly made one after the other. Blocks of neighbouring ids are neighbours in memory as well,
// and a multiplication scatters the blocks. Collisions go on one block and one place further, which meets every place.
std::size_t NodeIndex::slot(std::uint64_t id) const {
  constexpr int block_bits = 6;
  constexpr std::size_t block = std::size_t{1} << block_bits;
  const std::size_t mask = entries_.size() - 1;
  const std::size_t scattered = (id >> block_bits) * 0x9E3779B97F4A7C15u >> 32;
  std::size_t position = ((scattered << block_bits) + id % block) & mask;
  while (entries_[position].number != free_number && entries_[position].id != id) {
    position = (position + block + 1) & mask;
  }
  return position;
}

std::pair<std::uint32_t, bool> NodeIndex::insert(const Node& node) {
  if (2 * (size_ + 1) > entries_.size()) grow();
  auto& entry = entries_[slot(node.id())];
  const bool is_new = entry.number == free_number;
  if (is_new) entry = {node.id(), static_cast<std::uint32_t>(size_++)};
  return {entry.number, is_new};
}

std::optional<std::uint32_t> NodeIndex::find(const Node& node) const {
  const auto& entry = entries_[slot(node.id())];
  return entry.number == free_number ? std::nullopt : std::optional(entry.number);
}

void NodeIndex::grow() {
  std::vector<Entry> old(2 * entries_.size(), Entry{0, free_number});
  old.swap(entries_);
  for (const auto& entry : old) {
    if (entry.number != free_number) entries_[slot(entry.id)] = entry;
  }
}

}  // namespace xgrad
