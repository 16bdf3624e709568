#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

/// Throws the ValueError for a name that is not among `known`: "optimizer: unknown name 'sgdd'; expected one of adam,
/// ...".
[[noreturn]] void reject_name(std::string_view kind, std::string_view name, std::span<const std::string_view> known);

/// True when `name` is `known` but for upper and lower case: Keras takes "SGD" and "sgd".
bool is_name(std::string_view name, std::string_view known);

/// The entry of `entries` whose member `name` is `name`. Throws ValueError, with `kind` as its first word, listing the
/// names there are when there is none.
template <class Entries>
const auto& choose(std::string_view kind, std::string_view name, const Entries& entries) {
  for (const auto& entry : entries) {
    if (is_name(name, entry.name)) return entry;
  }
  std::vector<std::string_view> known;
  for (const auto& entry : entries) known.push_back(entry.name);
  reject_name(kind, name, known);
}

}  // namespace xgrad
