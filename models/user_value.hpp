#pragma once

#include <concepts>
#include <ranges>
#include <string_view>
#include <type_traits>

namespace xgrad::detail {

/// A class that a program may mean as a layer, loss, metric or optimizer of its own: the compiler says what is missing.
/// It is no `Value` yet, no name, and no container, optional or pointer: whether one of those can be copied is asked of
/// what it holds, which may be a `Value`, and so would ask the same again.
template <class T, class Value>
concept UserValue = std::is_class_v<T> && !std::derived_from<T, Value> && !std::ranges::range<T> &&
                    !std::convertible_to<const T&, std::string_view> && !requires(T & holder) {
  holder.operator*();
};

}  // namespace xgrad::detail
