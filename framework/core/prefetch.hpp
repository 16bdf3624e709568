#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstddef>
#include <memory>
#include <span>

namespace xgrad {

/// Tells the processor which nodes a walk over `nodes` in order, now at `position`, needs next: those that lie ahead,
/// and their inputs. The nodes of a large graph are not in cache, and a walk that reads them one by one waits for each.
inline void prefetch_ahead(std::span<const NodeHandle> nodes, std::size_t position) {
  constexpr std::size_t ahead = 16;
  constexpr std::size_t line = 64;
  const auto touch = [](const Node& node) {
    for (std::size_t offset = 0; offset < sizeof(Node); offset += line) {
      __builtin_prefetch(reinterpret_cast<const char*>(&node) + offset);
    }
  };
  if (position + 2 * ahead < nodes.size()) touch(*nodes[position + 2 * ahead]);
  if (position + ahead < nodes.size()) {
    for (const auto& input : nodes[position + ahead]->inputs()) touch(input.node());
  }
}

}  // namespace xgrad
