#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/layer_context.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

const Weight* find(const std::vector<Weight>& weights, std::string_view name) {
  const auto found = std::ranges::find(weights, name, &Weight::name);
  return found == weights.end() ? nullptr : &*found;
}

}  // namespace

Tensor LayerContext::weight(std::string_view name, const Shape& shape, const Initializer& initializer,
                            Trainable trainable) {
  if (const auto* existing = find(state_.weights, name)) {
    if (!(existing->tensor.shape() == shape)) {
      throw ShapeError(
          fmt::format("{}: its weight {} has shape {}, but this input asks for {}; use a new layer for inputs of "
                      "another size",
                      layer_name(), name, existing->tensor.shape().to_string(), shape.to_string()));
    }
    return existing->tensor;
  }
  auto value = initializer(shape, next_seed());
  if (value.dtype() != options_.dtype) value = value.cast(options_.dtype);
  auto tensor = parameter(std::move(value), fmt::format("{}/{}", layer_name(), name));
  state_.weights.push_back({std::string(name), tensor, trainable});
  return tensor;
}

Tensor LayerContext::counter(std::string_view name) {
  if (const auto* existing = find(state_.counters, name)) return existing->tensor;
  auto tensor = parameter(Array(std::int64_t{0}), fmt::format("{}/{}", layer_name(), name));
  state_.counters.push_back({std::string(name), tensor, Trainable::no});
  return tensor;
}

void LayerContext::update(const Tensor& target, const Tensor& value) {
  if (training()) updates_.push_back({target, value});
}

std::uint64_t LayerContext::seed(std::optional<std::uint64_t> given) {
  if (!state_.seed) state_.seed = given ? *given : next_seed();
  return *state_.seed;
}

std::uint64_t LayerContext::next_seed() { return options_.seeds ? options_.seeds->next() : next_random_seed(); }

}  // namespace xgrad
