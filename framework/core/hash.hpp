#pragma once

#include <cstddef>

namespace xgrad {

/// The hash of what `hash` is of, followed by what `next` is of.
inline std::size_t combined_hash(std::size_t hash, std::size_t next) {
  return (hash ^ next) * 0x9E3779B97F4A7C15u + (hash >> 29);
}

}  // namespace xgrad
