#include <xgrad/framework/runtime/binding_cache.hpp>

#include <algorithm>

namespace xgrad {

BindingCache::~BindingCache() {
  for (auto& place : places_) delete place.load();
}

std::unique_ptr<Binding> BindingCache::take(std::span<const ArrayRef> arguments) {
  for (std::size_t place = 0; place < places_.size(); ++place) {
    std::unique_ptr<Binding> binding(places_[place].exchange(nullptr, std::memory_order_acquire));
    if (!binding) continue;
    const auto& shapes = binding->argument_shapes();
    if (std::equal(arguments.begin(), arguments.end(), shapes.begin(), shapes.end(),
                   [](const ArrayRef& argument, const Extents& shape) { return argument.shape() == shape; })) {
      return binding;
    }
    put_from(place, std::move(binding));
  }
  return nullptr;
}

std::unique_ptr<Binding> BindingCache::take_last() {
  for (auto& place : places_) {
    if (auto* binding = place.exchange(nullptr, std::memory_order_acquire)) return std::unique_ptr<Binding>(binding);
  }
  return nullptr;
}

// Who is in the place moves on to the next, up to the first that is empty.
void BindingCache::put_from(std::size_t place, std::unique_ptr<Binding> binding) {
  for (; binding && place < places_.size(); ++place) {
    binding.reset(places_[place].exchange(binding.release(), std::memory_order_acq_rel));
  }
}

}  // namespace xgrad
