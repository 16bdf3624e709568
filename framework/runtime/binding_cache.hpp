#pragma once

#include <xgrad/framework/runtime/binding.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

namespace xgrad {

/// The bindings that a function has made, those used last first: the sizes met last are the likeliest to come again.
/// Each call takes one out for itself, so that several threads can call a function at once; nobody waits.
class BindingCache {
 public:
  BindingCache() = default;
  ~BindingCache();
  BindingCache(const BindingCache&) = delete;
  BindingCache& operator=(const BindingCache&) = delete;

  /// Takes out a binding for arguments of these shapes; null when there is none.
  std::unique_ptr<Binding> take(std::span<const ArrayRef> arguments);

  /// Takes out the one that was used last; null when there is none.
  std::unique_ptr<Binding> take_last();

  /// Puts a binding in the first place. The one used longest ago makes room.
  void put(std::unique_ptr<Binding> binding) { put_from(0, std::move(binding)); }

 private:
  void put_from(std::size_t place, std::unique_ptr<Binding> binding);

  std::array<std::atomic<Binding*>, 16> places_{};
};

}  // namespace xgrad
