#pragma once

#include <xgrad/framework/core/random.hpp>

#include <cstdint>
#include <span>

namespace xgrad {

/// Puts the values in a random order, every order being equally likely, that depends on the key alone. Source: Fisher
/// and Yates' method as Knuth's algorithm P, "The Art of Computer Programming", volume 2, section 3.4.2.
void shuffle(std::span<std::int64_t> values, const RandomKey& key);

}  // namespace xgrad
