#pragma once

#include <xgrad/framework/core/array.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace xgrad {

/// Checks that every element is a class: a whole number from 0, below `classes` where that is given. Returns how many
/// classes the labels need: one more than the largest. Throws ValueError, with `where` as its first word, naming index
/// and value of the first element that is negative, fractional or too large.
std::int64_t check_labels(std::string_view where, const ArrayRef& labels, std::optional<std::int64_t> classes);

}  // namespace xgrad
