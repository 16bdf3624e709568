#include <xgrad/framework/core/node_index.hpp>

#include <algorithm>
#include <bit>

namespace xgrad {

NodeIndex::NodeIndex(std::size_t expected)
    : pages_(std::bit_ceil(std::max<std::size_t>(2 * (expected / page_size), 16))) {
  numbers_.reserve(expected + page_size);
}

std::pair<std::uint32_t, bool> NodeIndex::insert(const Node& node) {
  const auto id = node.id() / page_size;
  auto position = slot(id);
  if (pages_[position].is_free()) {
    if (2 * (numbers_.size() / page_size + 1) > pages_.size()) {
      grow();
      position = slot(id);
    }
    pages_[position] = {id + 1, numbers_.size()};
    numbers_.resize(numbers_.size() + page_size);
  }
  auto& number = numbers_[pages_[position].first + node.id() % page_size];
  const bool is_new = number == 0;
  if (is_new) number = static_cast<std::uint32_t>(++size_);
  return {number - 1, is_new};
}

void NodeIndex::grow() {
  std::vector<Page> old(2 * pages_.size());
  old.swap(pages_);
  for (const auto& page : old) {
    if (!page.is_free()) pages_[slot(page.id_plus_one - 1)] = page;
  }
}

}  // namespace xgrad
