#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/window_options.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace xgrad {
namespace {

/// `given` for each of `rank` axes; a shared one stands for all of them.
template <class Element>
std::vector<Element> for_each_axis(std::string_view where, std::string_view option, const std::vector<Element>& given,
                                   bool is_shared, std::size_t rank) {
  if (is_shared) return std::vector<Element>(rank, given.front());
  if (given.size() != rank) {
    throw ShapeError(
        fmt::format("{}: expected {} for each of {} axes, but got {} of them, {}; give one for every axis "
                    "between samples and channels",
                    where, option, rank, given.size(), fmt::join(given, ", ")));
  }
  return given;
}

void expect_at_most(std::string_view where, std::string_view option, std::int64_t size) {
  if (size <= most_of_window) return;
  throw ValueError(
      fmt::format("{}: expected {} of at most {}, but got {}; make it smaller", where, option, most_of_window, size));
}

}  // namespace

std::vector<std::int64_t> WindowSizes::along(std::string_view where, std::string_view option, std::size_t rank,
                                             std::int64_t least) const {
  auto result = for_each_axis(where, option, sizes_, is_shared_, rank);
  for (auto size : result) {
    if (size < least) {
      throw ValueError(
          fmt::format("{}: expected {} of {} or more, but got {}; make it larger", where, option, least, size));
    }
    expect_at_most(where, option, size);
  }
  return result;
}

WindowPadding::WindowPadding(const char* name)
    : sides_{{0, 0}}, is_shared_(true), is_named_(true), is_same_(std::string_view(name) == "same") {
  if (!is_same_ && std::string_view(name) != "valid") {
    throw ValueError(
        fmt::format("padding: expected \"valid\", \"same\" or numbers, but got \"{}\"; choose one of them", name));
  }
}

WindowPadding::WindowPadding(std::initializer_list<std::int64_t> sizes) {
  std::transform(sizes.begin(), sizes.end(), std::back_inserter(sides_), [](auto size) { return Sides(size, size); });
}

std::vector<WindowPadding::Sides> WindowPadding::along(std::string_view where, std::size_t rank) const {
  auto result = for_each_axis(where, "padding", sides_, is_shared_, rank);
  for (auto [before, after] : result) {
    if (before < 0 || after < 0) {
      throw ValueError(fmt::format("{}: expected padding of 0 or more, but got {} before and {} after; slice x instead",
                                   where, before, after));
    }
    expect_at_most(where, "padding", std::max(before, after));
  }
  return result;
}

}  // namespace xgrad
