#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/named_choice.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace xgrad {

void reject_name(std::string_view kind, std::string_view name, std::span<const std::string_view> known) {
  throw ValueError(fmt::format("{}: unknown name '{}'; expected one of {}, or a value instead of a name", kind, name,
                               fmt::join(known, ", ")));
}

bool is_name(std::string_view name, std::string_view known) {
  const auto lower = [](char character) { return std::tolower(static_cast<unsigned char>(character)); };
  return std::equal(name.begin(), name.end(), known.begin(), known.end(),
                    [&](char left, char right) { return lower(left) == lower(right); });
}

}  // namespace xgrad
