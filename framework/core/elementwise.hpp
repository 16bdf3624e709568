#pragma once

#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace xgrad {

/// An operator whose every output element is a formula of the input elements at the same place, after broadcasting. All
/// outputs have one shape. The runtime evaluates chains of them tile by tile in cache; all it needs is a kernel over
/// contiguous elements.
class Elementwise : public Op {
 public:
  /// Reads `count` elements from each input and writes as many of each output. An output may lie where an input lies,
  /// never beside it: whoever writes several outputs has read all inputs at a place before.
  using Kernel = void (*)(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count);

  /// The kernel for inputs of these dtypes.
  virtual Kernel kernel(std::span<const DType> inputs) const = 0;
};

/// A set of C++ element types for which a formula is compiled.
template <Element... Types>
struct DTypes {};
using FloatingTypes = DTypes<float, double>;
using NumericTypes = DTypes<float, double, std::int32_t, std::int64_t, std::uint8_t>;
using AllTypes = DTypes<float, double, std::int32_t, std::int64_t, std::uint8_t, bool>;

/// `value` in the element type of `expression`, so that a formula works in every dtype.
template <class Expression>
constexpr auto number(const Expression&, double value) {
  return static_cast<typename Expression::value_type>(value);
}

/// `Op::simplify` of an elementwise operator.
using SimplifyRule = std::function<std::optional<Tensor>(std::span<const Tensor> inputs)>;

/// An elementwise operator given by a formula over xtensor expressions. All inputs have one dtype; the outputs have the
/// same, or are boolean for a predicate.
class Formula : public Elementwise {
 public:
  /// One kernel for each dtype, none where the formula has no meaning.
  using Kernels = std::array<Kernel, dtype_count>;

  /// Throws ValueError unless there are no rules or one for each of `arity` inputs.
  Formula(std::string name, std::size_t arity, std::size_t results, Kernels kernels, bool predicate, double cost,
          std::vector<VjpRule> rules, SimplifyRule simplify = {});

  std::string_view name() const override { return name_; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override;
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override;
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override;
  Kernel kernel(std::span<const DType> inputs) const override;
  double cost(std::span<const Extents>) const override { return cost_; }

 private:
  std::string name_;
  std::size_t arity_;
  std::size_t results_;
  Kernels kernels_;
  bool predicate_;
  double cost_;
  std::vector<VjpRule> rules_;
  SimplifyRule simplify_;
};

/// How a formula is declared; see `elementwise`.
template <class Function>
struct FormulaOptions {
  std::string name;
  Function formula;               ///< a stateless generic lambda: xtensor expressions in, one expression out
  std::vector<VjpRule> vjp = {};  ///< one rule for each input; none for an operator that is constant almost everywhere
  double cost = 1;                ///< rough cost of one element, in additions: 20 for an exponential
  SimplifyRule simplify = {};     ///< the formula for special operands; see `Op::simplify`
};

namespace detail {

// Whole vectors, the last one filled up: an element's bits do not depend on where it lies. xtensor's own assignment
// takes twice as long to compile, and elements beside whole vectors one by one.
template <class Function, class Input, class Output, std::size_t... Index>
void evaluate(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count,
              std::index_sequence<Index...>) {
  const std::array<std::size_t, 1> shape{count};
  const auto operands =
      std::make_tuple(xt::adapt(reinterpret_cast<const Input*>(inputs[Index]), count, xt::no_ownership(), shape)...);
  const auto expression = std::apply(Function{}, operands);
  auto* result = reinterpret_cast<Output*>(outputs[0]);
  using Assignment =
      xt::xassign_traits<std::decay_t<decltype(std::get<0>(operands))>, std::decay_t<decltype(expression)>>;
  std::size_t i = 0;
  if constexpr (std::is_same_v<Input, Output> && std::is_floating_point_v<Input> && Assignment::simd_linear_assign()) {
    constexpr std::size_t lanes = xt_simd::simd_traits<Input>::size;
    constexpr auto mode = xt_simd::unaligned_mode();
    for (; i + lanes <= count; i += lanes) {
      xt_simd::store_as(result + i, expression.template load_simd<xt_simd::unaligned_mode, Input, lanes>(i), mode);
    }
    if (i < count) {
      std::array<std::array<Input, lanes>, sizeof...(Index)> rest{};
      (std::copy_n(std::get<Index>(operands).data() + i, count - i, rest[Index].begin()), ...);
      const std::array<const std::byte*, sizeof...(Index)> filled{
          reinterpret_cast<const std::byte*>(rest[Index].data())...};
      std::array<Input, lanes> last;
      auto* filled_result = reinterpret_cast<std::byte*>(last.data());
      evaluate<Function, Input, Output>(filled.data(), &filled_result, lanes, std::index_sequence<Index...>());
      std::copy_n(last.begin(), count - i, result + i);
    }
  } else {
    for (; i < count; ++i) result[i] = static_cast<Output>(expression.data_element(i));
  }
}

template <class Function, std::size_t Arity, bool Predicate, class Input>
void formula_kernel(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
  evaluate<Function, Input, std::conditional_t<Predicate, bool, Input>>(inputs, outputs, count,
                                                                        std::make_index_sequence<Arity>{});
}

template <class Function, class Input, class Output, std::size_t... Index>
void loop(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count, std::index_sequence<Index...>) {
  // Formulas read booleans as bytes: the compiler makes vectors of those only.
  using Operand = std::conditional_t<std::is_same_v<Input, bool>, std::uint8_t, Input>;
  const auto operands = std::make_tuple(reinterpret_cast<const Operand*>(inputs[Index])...);
  auto* result = reinterpret_cast<Output*>(outputs[0]);
  // The result may lie where an operand lies, never beside it.
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) result[i] = static_cast<Output>(Function{}(std::get<Index>(operands)[i]...));
}

template <class Function, std::size_t Arity, bool Predicate, class Input>
void loop_kernel(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
  loop<Function, Input, std::conditional_t<Predicate, bool, Input>>(inputs, outputs, count,
                                                                    std::make_index_sequence<Arity>{});
}

template <class Function, std::size_t... Index>
constexpr bool gives_boolean(std::index_sequence<Index...>) {
  return std::is_same_v<decltype(Function{}((static_cast<void>(Index), 0.0)...)), bool>;
}

template <std::size_t Arity, bool Predicate, class Function, Element... Types>
Formula::Kernels formula_kernels(DTypes<Types...>) {
  Formula::Kernels kernels{};
  ((kernels[static_cast<std::size_t>(dtype_of<Types>)] = &formula_kernel<Function, Arity, Predicate, Types>), ...);
  return kernels;
}

template <std::size_t Arity, bool Predicate, class Function, Element... Types>
Formula::Kernels loop_kernels(DTypes<Types...>) {
  Formula::Kernels kernels{};
  ((kernels[static_cast<std::size_t>(dtype_of<Types>)] = &loop_kernel<Function, Arity, Predicate, Types>), ...);
  return kernels;
}

template <std::size_t Arity, bool Predicate, class Function>
std::shared_ptr<const Formula> make_formula(FormulaOptions<Function> options, const Formula::Kernels& kernels) {
  return std::make_shared<const Formula>(std::move(options.name), Arity, 1, kernels, Predicate, options.cost,
                                         std::move(options.vjp), std::move(options.simplify));
}

}  // namespace detail

/// Makes an elementwise operator from a formula, compiled for each of `Types`. The formula must not keep named
/// sub-expressions: xtensor expressions refer to their operands.
///
///     const auto square = elementwise<1, FloatingTypes>(FormulaOptions{
///         .name = "square",
///         .formula = [](const auto& x) { return x * x; },
///         .vjp = {[](const Vjp& at) { return at.cotangent() * 2 * at.input(); }},
///     });
template <std::size_t Arity, class Types, class Function>
requires(Arity > 0) std::shared_ptr<const Formula> elementwise(FormulaOptions<Function> options) {
  return detail::make_formula<Arity, false>(std::move(options),
                                            detail::formula_kernels<Arity, false, Function>(Types{}));
}

/// As `elementwise`, for a formula whose result is boolean.
template <std::size_t Arity, class Types, class Function>
requires(Arity > 0) std::shared_ptr<const Formula> predicate(FormulaOptions<Function> options) {
  return detail::make_formula<Arity, true>(std::move(options), detail::formula_kernels<Arity, true, Function>(Types{}));
}

/// As `elementwise`, for a function of numbers instead of expressions, run as a plain loop: for what xtensor lacks or
/// does slowly. The result is boolean when that is what the function gives.
///
///     const auto hypot = elementwise_loop<2, FloatingTypes>(FormulaOptions{
///         .name = "hypot", .formula = [](auto x, auto y) { return std::hypot(x, y); }, ...});
template <std::size_t Arity, class Types, class Function>
requires(Arity > 0) std::shared_ptr<const Formula> elementwise_loop(FormulaOptions<Function> options) {
  constexpr bool is_predicate = detail::gives_boolean<Function>(std::make_index_sequence<Arity>{});
  return detail::make_formula<Arity, is_predicate>(std::move(options),
                                                   detail::loop_kernels<Arity, is_predicate, Function>(Types{}));
}

/// Replaces each of `count` elements by `formula` of it, a stateless lambda as in `FormulaOptions`: the bits of an
/// element do not depend on where it lies. For kernels of other operators that hold a formula inside.
template <Element T, class Function>
void transform_elements(T* elements, std::int64_t count, Function) {
  const auto* input = reinterpret_cast<const std::byte*>(elements);
  auto* output = reinterpret_cast<std::byte*>(elements);
  detail::formula_kernel<Function, 1, false, T>(&input, &output, static_cast<std::size_t>(count));
}

}  // namespace xgrad
