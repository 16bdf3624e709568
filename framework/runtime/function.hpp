#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/runtime/function_options.hpp>
#include <xgrad/framework/runtime/outputs.hpp>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace xgrad {

/// A new value for a parameter, computed in a call and stored at its end.
struct Update {
  Tensor parameter;
  Tensor value;
};
using Updates = std::vector<Update>;

/// A graph made ready to run many times: made by `compile`. The first call with a new size of the symbols (a smaller
/// last batch, say) plans for it; later calls with that size reuse the plan and allocate nothing. Several threads may
/// call one function, or several, at once: nobody waits for another, and all share the threads of `set_threads`. Only a
/// call that updates a parameter must have that parameter to itself: a second call of a function with updates, while
/// one is running, throws StateError at once. A call that throws leaves every parameter and every array of the caller's
/// as it was. A function that was moved from can be assigned to and destroyed, all else throws StateError.
class Function {
 public:
  class State;
  explicit Function(std::unique_ptr<State> state);
  ~Function();
  Function(Function&&) noexcept;
  Function& operator=(Function&&) noexcept;

  /// Runs the graph on one array for each input, in their order, applies the updates and returns one array for each
  /// output. A number of C++ is converted to the dtype of its input as by `scalar`. Throws ShapeError or DTypeError,
  /// naming the input, when an array does not fit.
  Outputs operator()(std::span<const ArrayRef> inputs);

  template <class... Arguments>
  requires(std::convertible_to<const Arguments&, ArrayRef>&&...) Outputs operator()(const Arguments&... inputs) {
    const std::vector<ArrayRef> references{ArrayRef(inputs)...};
    return (*this)(std::span<const ArrayRef>(references));
  }

  /// As a call, into arrays of the caller: an array that already has an output's dtype and shape is written in place,
  /// any other is replaced. Repeated with the same arrays it allocates nothing.
  void run(std::span<const ArrayRef> inputs, std::span<Array> outputs);

  /// The plan as text: levels (each ends with one join of the threads), phases, fused steps, where their results stay,
  /// and, after a call, blocks, tasks that can run at the same time, floating-point operations and bytes for the sizes
  /// of that call.
  std::string explain() const;

 private:
  State& state() const;

  std::unique_ptr<State> state_;
};

/// Turns a graph into a function of `inputs`. Throws ValueError when a leaf below the outputs is missing from `inputs`,
/// an input is named twice or is no input, or a parameter is updated twice; ShapeError or DTypeError when an update
/// differs in type from its parameter.
Function compile(std::vector<Tensor> inputs, std::vector<Tensor> outputs, Updates updates = {},
                 const FunctionOptions& options = {});

/// The value of a tensor that depends on parameters and constants only: for one-off looks.
Array eval(const Tensor& tensor);

}  // namespace xgrad
