#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/layer_stack.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace xgrad {
namespace {

/// "MyLayer" as "my_layer".
std::string snake_case(std::string_view kind) {
  std::string result;
  for (const char character : kind) {
    const auto letter = static_cast<unsigned char>(character);
    if (std::isupper(letter) && !result.empty()) result += '_';
    result += static_cast<char>(std::tolower(letter));
  }
  return result;
}

Shape with_batch(const Shape& sample) {
  std::vector<Dim> dims{batch};
  dims.insert(dims.end(), sample.begin(), sample.end());
  return Shape(dims);
}

const Tensor& expect_built(const std::optional<Tensor>& tensor) {
  if (!tensor) throw StateError("Sequential: the model has no layers; add some, the first with an .input_shape");
  return *tensor;
}

}  // namespace

void LayerStack::add(Layer layer, std::span<const std::string> reserved) {
  LayerState state{.name = layer.name().empty() ? default_name(layer.kind(), reserved) : layer.name()};
  append(std::move(layer), std::move(state));
}

LayerStack LayerStack::clone() const {
  LayerStack copy;
  copy.seeds_ = seeds_;
  for (const auto& entry : entries_) {
    LayerState state = entry.state;
    for (auto* weights : {&state.weights, &state.counters}) {
      for (auto& weight : *weights) weight.tensor = parameter(weight.tensor.value(), weight.tensor.name());
    }
    copy.append(entry.layer, std::move(state));
  }
  return copy;
}

void LayerStack::append(Layer layer, LayerState state) {
  if (std::ranges::any_of(entries_, [&](const Entry& entry) { return entry.state.name == state.name; })) {
    throw ValueError(fmt::format("Sequential: two layers are called {}; give each its own .name", state.name));
  }

  auto first = input_;
  if (entries_.empty()) {
    if (layer.input_shape().rank() == 0) {
      throw ValueError(
          fmt::format("Sequential: the first layer, {}, has no input shape; give it the shape of one sample, for "
                      "example .input_shape = {{784}}",
                      state.name));
    }
    if (!layer.input_shape().is_known()) {
      throw ShapeError(fmt::format(
          "Sequential: expected the input shape of {} to be that of one sample, in numbers, but got {}; leave "
          "out batch, the model adds it: .input_shape = {{784}}",
          state.name, layer.input_shape().to_string()));
    }
    first = xgrad::input(with_batch(layer.input_shape()), state.name + "_input");
  } else if (layer.input_shape().rank() != 0 && !(with_batch(layer.input_shape()) == output_->shape())) {
    throw ShapeError(
        fmt::format("{}: its .input_shape {} is not what the layer before it gives, {}; leave it out, only the first "
                    "layer needs it",
                    state.name, with_batch(layer.input_shape()).to_string(), output_->shape().to_string()));
  }

  auto seeds = seeds_;  // a layer that does not fit has drawn none
  LayerContext context(state, {.seeds = seeds ? &*seeds : nullptr});
  auto result = layer.call(entries_.empty() ? *first : *output_, context);
  if (result.rank() == 0 || !(result.shape()[0] == batch)) {
    throw ShapeError(
        fmt::format("{}: expected a result with a row for each sample, (batch, ...), but got shape {}; keep the "
                    "first axis as it is",
                    state.name, result.shape().to_string()));
  }
  const Shape shape = result.shape();
  entries_.push_back({std::move(layer), std::move(state), shape});
  seeds_ = seeds;
  input_ = std::move(first);
  output_ = std::move(result);
}

const Tensor& LayerStack::input() const { return expect_built(input_); }
const Tensor& LayerStack::output() const { return expect_built(output_); }

LayerStack::Graph LayerStack::apply(const Tensor& x, bool training) {
  expect_built(input_);
  Graph graph{x, {}};
  for (auto& entry : entries_) {
    LayerContext context(entry.state, {.training = training, .seeds = seeds_ ? &*seeds_ : nullptr});
    graph.output = entry.layer.call(graph.output, context);
    graph.updates.insert(graph.updates.end(), context.updates().begin(), context.updates().end());
  }
  return graph;
}

std::vector<Weight> LayerStack::weights() const {
  std::vector<Weight> result;
  for (const auto& entry : entries_) {
    result.insert(result.end(), entry.state.weights.begin(), entry.state.weights.end());
  }
  return result;
}

std::vector<Tensor> LayerStack::parameters() const {
  std::vector<Tensor> result;
  for (const auto& entry : entries_) {
    for (const auto* list : {&entry.state.weights, &entry.state.counters}) {
      for (const auto& weight : *list) result.push_back(weight.tensor);
    }
  }
  return result;
}

std::string LayerStack::default_name(std::string_view kind, std::span<const std::string> reserved) const {
  auto number = 1 + std::ranges::count_if(entries_, [&](const Entry& entry) {
                  return entry.layer.kind() == kind && entry.layer.name().empty();
                });
  const auto is_taken = [&](const std::string& name) {
    return std::ranges::any_of(entries_, [&](const Entry& entry) { return entry.state.name == name; }) ||
           std::ranges::find(reserved, name) != reserved.end();
  };
  auto name = fmt::format("{}_{}", snake_case(kind), number);
  while (is_taken(name)) name = fmt::format("{}_{}", snake_case(kind), ++number);
  return name;
}

}  // namespace xgrad
