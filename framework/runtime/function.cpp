#include <xgrad/framework/core/describe.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/runtime/binding_cache.hpp>
#include <xgrad/framework/runtime/explain.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/plan.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace xgrad {
namespace {

std::string name_of(std::span<const Tensor> inputs, std::size_t index) {
  const auto& name = inputs[index].name();
  return name.empty() ? fmt::format("input {}", index) : fmt::format("input '{}'", name);
}

void check_inputs(std::span<const Tensor> inputs) {
  std::set<const Node*> seen;
  for (std::size_t index = 0; index < inputs.size(); ++index) {
    if (!dynamic_cast<const Input*>(&inputs[index].node().op())) {
      throw ValueError(fmt::format("compile: {} is {}; expected a tensor made by input()", name_of(inputs, index),
                                   describe(inputs[index])));
    }
    if (!seen.insert(&inputs[index].node()).second) {
      throw ValueError(fmt::format("compile: {} is named twice; name each input once", name_of(inputs, index)));
    }
  }
}

void check_updates(const Updates& updates) {
  std::set<const Node*> seen;
  for (const auto& [target, value] : updates) {
    if (!dynamic_cast<const Parameter*>(&target.node().op())) {
      throw ValueError(
          fmt::format("compile: an update needs a tensor made by parameter(), but got {}", describe(target)));
    }
    if (!seen.insert(&target.node()).second) {
      throw ValueError(
          fmt::format("compile: parameter '{}' is updated twice; combine the updates into one", target.name()));
    }
    if (target.dtype() != value.dtype()) {
      throw DTypeError(fmt::format("compile: the update of parameter '{}' expected {}, but got {}; cast the new value",
                                   target.name(), to_string(target.dtype()), to_string(value.dtype())));
    }
    if (!(target.shape() == value.shape())) {
      throw ShapeError(fmt::format("compile: the update of parameter '{}' expected shape {}, but got {}", target.name(),
                                   target.shape().to_string(), value.shape().to_string()));
    }
  }
}

}  // namespace

/// What a Function holds: the plan, and a binding for each set of sizes it has met.
class Function::State {
 public:
  State(std::vector<Tensor> inputs, Plan plan) : inputs_(std::move(inputs)), plan_(std::move(plan)) {
    for (const auto& instruction : plan_.program.instructions) {
      if (instruction.kind != InstructionKind::store) continue;
      const auto* target = static_cast<const Parameter*>(plan_.program.values[instruction.target].leaf);
      stored_.push_back(target->value().bytes());
    }
  }

  void run(std::span<const ArrayRef> arguments, std::span<Array> outputs) {
    check_count(arguments);
    if (std::ranges::equal(arguments, inputs_, is_taken_as_it_is)) return run_arrays(arguments, outputs);
    std::vector<ArrayRef> converted;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
      converted.push_back(as_dtype_of(inputs_[index], arguments[index]));
    }
    run_arrays(converted, outputs);
  }

  std::string explain() {
    auto binding = bindings_.take_last();
    auto text = xgrad::explain(plan_, binding.get());
    bindings_.put(std::move(binding));
    return text;
  }

  std::size_t output_count() const { return plan_.program.outputs.size(); }

 private:
  /// The caller of a function that updates parameters, which has to be the only one.
  class OnlyCaller {
   public:
    explicit OnlyCaller(std::atomic<bool>& is_called) : is_called_(is_called) {
      if (is_called_.exchange(true, std::memory_order_acquire)) {
        throw StateError(
            "Function: expected one call at a time, because it updates parameters, but another is running; wait for "
            "that "
            "one, or give each thread parameters and a function of its own");
      }
    }
    ~OnlyCaller() { is_called_.store(false, std::memory_order_release); }
    OnlyCaller(const OnlyCaller&) = delete;
    OnlyCaller& operator=(const OnlyCaller&) = delete;

   private:
    std::atomic<bool>& is_called_;
  };

  void run_arrays(std::span<const ArrayRef> arguments, std::span<Array> outputs) {
    check_dtypes(arguments);
    std::optional<OnlyCaller> only_caller;
    if (!stored_.empty()) only_caller.emplace(is_called_);
    auto binding = bindings_.take(arguments);
    if (!binding) binding = bind(arguments);
    auto replaced = new_outputs(*binding, outputs);  // before parameters are updated, because memory may run out
    if (std::any_of(arguments.begin(), arguments.end(),
                    [&](const ArrayRef& argument) { return is_stored(argument); })) {
      // The caller passes memory that this very call overwrites: read a copy.
      std::vector<Array> copies;
      for (const auto& argument : arguments) copies.push_back(argument.to_array());
      binding->run(std::vector<ArrayRef>(copies.begin(), copies.end()));
    } else {
      binding->run(arguments);
    }
    for (auto& [index, array] : replaced) outputs[index] = std::move(array);
    for (std::size_t index = 0; index < outputs.size(); ++index) {
      const auto bytes = outputs[index].bytes();
      std::memcpy(bytes.data(), binding->output(index), bytes.size());
    }
    bindings_.put(std::move(binding));
  }

  /// Arrays for the outputs that those of the caller do not fit, with their numbers.
  std::vector<std::pair<std::size_t, Array>> new_outputs(const Binding& binding, std::span<const Array> outputs) const {
    std::vector<std::pair<std::size_t, Array>> result;
    for (std::size_t index = 0; index < outputs.size(); ++index) {
      const auto& shape = binding.output_shape(index);
      const auto& output = outputs[index];
      const bool has_elements = output.size() == static_cast<std::size_t>(element_count(shape));
      if (output.dtype() == output_dtype(index) && output.shape() == shape && has_elements) continue;
      result.emplace_back(index, Array(output_dtype(index), shape));
    }
    return result;
  }

  DType output_dtype(std::size_t index) const { return plan_.program.values[plan_.program.outputs[index]].type.dtype; }

  void check_count(std::span<const ArrayRef> arguments) const {
    if (arguments.size() == inputs_.size()) return;
    throw ValueError(fmt::format("Function: expected {} array(s), one for each input, but got {}", inputs_.size(),
                                 arguments.size()));
  }

  /// Anything but a number of C++ that has another dtype than the input.
  static bool is_taken_as_it_is(const ArrayRef& argument, const Tensor& input) {
    return !argument.is_number() || argument.dtype() == input.dtype();
  }

  /// A number as an input's dtype when that can hold it, as where graphs are built; anything else as it is.
  static ArrayRef as_dtype_of(const Tensor& input, const ArrayRef& argument) {
    if (is_taken_as_it_is(argument, input)) return argument;
    const DType dtype = input.dtype();
    const auto number =
        visit(argument.dtype(), [&]<class T>() { return Number(*reinterpret_cast<const T*>(argument.data())); });
    if (!number.fits(dtype)) return argument;
    return visit(dtype, [&]<class T>() { return ArrayRef(Array(number.as<T>())); });
  }

  void check_dtypes(std::span<const ArrayRef> arguments) const {
    for (std::size_t index = 0; index < arguments.size(); ++index) {
      if (arguments[index].dtype() == inputs_[index].dtype()) continue;
      throw DTypeError(
          fmt::format("Function: {} expected {}, but got {}; convert the array, for example xt::cast<...>(x)",
                      name_of(inputs_, index), to_string(inputs_[index].dtype()), to_string(arguments[index].dtype())));
    }
  }

  std::unique_ptr<Binding> bind(std::span<const ArrayRef> arguments) const {
    const Bindings sizes = solve(arguments);
    std::vector<Extents> shapes;
    for (const auto& argument : arguments) shapes.push_back(argument.shape());
    return std::make_unique<Binding>(plan_, std::move(shapes), sizes);
  }

  bool is_stored(const ArrayRef& argument) const {
    const auto* first = argument.data();
    const auto* last = first + argument.size() * size_of(argument.dtype());
    return std::any_of(stored_.begin(), stored_.end(), [&](std::span<const std::byte> target) {
      return std::less<>()(first, target.data() + target.size()) && std::less<>()(target.data(), last);
    });
  }

  Bindings solve(std::span<const ArrayRef> arguments) const {
    Bindings sizes;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
      const Shape& expected = inputs_[index].shape();
      const Extents& received = arguments[index].shape();
      bool fits = expected.rank() == received.size();
      for (std::size_t axis = 0; fits && axis < received.size(); ++axis)
        fits = sizes.bind(expected[axis], received[axis]);
      if (!fits) {
        throw ShapeError(fmt::format("Function: {} expected shape {}, but got {}{}", name_of(inputs_, index),
                                     expected.to_string(), to_string(received),
                                     expected.is_known() ? "" : "; equal symbols must have equal sizes in all inputs"));
      }
    }
    return sizes;
  }

  std::vector<Tensor> inputs_;
  Plan plan_;
  std::vector<std::span<const std::byte>> stored_;  // memory of the parameters that a call updates
  BindingCache bindings_;
  std::atomic<bool> is_called_{false};  // a function with updates
};

Function::Function(std::unique_ptr<State> state) : state_(std::move(state)) {}
Function::~Function() = default;
Function::Function(Function&&) noexcept = default;
Function& Function::operator=(Function&&) noexcept = default;

Function::State& Function::state() const {
  if (state_) return *state_;
  throw StateError("Function: expected one made by compile, but this one was moved from; call the one it was moved to");
}

std::string Function::explain() const { return state().explain(); }

Outputs Function::operator()(std::span<const ArrayRef> inputs) {
  Outputs outputs(state().output_count());
  run(inputs, outputs);
  return outputs;
}

void Function::run(std::span<const ArrayRef> inputs, std::span<Array> outputs) {
  if (outputs.size() != state().output_count()) {
    throw ValueError(fmt::format("Function::run: expected room for {} output(s), but got {}", state().output_count(),
                                 outputs.size()));
  }
  state().run(inputs, outputs);
}

Function compile(std::vector<Tensor> inputs, std::vector<Tensor> outputs, Updates updates,
                 const FunctionOptions& options) {
  check_inputs(inputs);
  check_updates(updates);
  auto plan = make_plan(lower(inputs, outputs, updates, options.passes));
  return Function(std::make_unique<Function::State>(std::move(inputs), std::move(plan)));
}

Array eval(const Tensor& tensor) { return compile({}, {tensor})(std::span<const ArrayRef>()).front(); }

}  // namespace xgrad
