#pragma once

#include <xgrad/framework/core/formula_checks.hpp>
#include <xgrad/framework/core/independent_loop.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <algorithm>
#include <array>
#include <concepts>
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
  class Kernel {
   public:
    using Function = void (*)(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count);
    using FunctionOf = void (*)(const void* formula, const std::byte* const* inputs, std::byte* const* outputs,
                                std::size_t count);

    /// Without a function it is no kernel.
    Kernel(std::nullptr_t = nullptr) : function_(nullptr) {}

    template <std::convertible_to<Function> Callable>
    Kernel(Callable function) : function_(function) {}

    /// With a formula that holds numbers; it lives as long as the operator.
    Kernel(FunctionOf function, const void* formula) : function_of_(function), formula_(formula) {}

    explicit operator bool() const { return formula_ || function_; }

    void operator()(const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) const {
      formula_ ? function_of_(formula_, inputs, outputs, count) : function_(inputs, outputs, count);
    }

    /// Whether both are one function, if perhaps of other numbers.
    bool has_code_of(const Kernel& other) const {
      if (!formula_ || !other.formula_) return !formula_ && !other.formula_ && function_ == other.function_;
      return function_of_ == other.function_of_;
    }

   private:
    union {
      Function function_;
      FunctionOf function_of_;
    };
    const void* formula_ = nullptr;
  };

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

/// What the kernels of a formula with numbers of its own refer to, and the attributes that tell it from others of its
/// name: without any it is equal only to itself.
struct FormulaCapture {
  std::shared_ptr<const void> formula = {};
  Attributes attributes = {};
};

/// An elementwise operator given by a formula over xtensor expressions. All inputs have one dtype; the outputs have the
/// same, or are boolean for a predicate.
class Formula : public Elementwise {
 public:
  /// One kernel for each dtype, none where the formula has no meaning.
  using Kernels = std::array<Kernel, dtype_count>;

  /// Throws ValueError unless there are no rules or one for each of `arity` inputs.
  Formula(std::string name, std::size_t arity, std::size_t results, Kernels kernels, bool predicate, double cost,
          std::vector<VjpRule> rules, SimplifyRule simplify = {}, FormulaCapture captured = {});

  std::string_view name() const override { return name_; }
  std::optional<Attributes> attributes() const override;
  bool has_kernels_of(const Op& other) const override;
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
  FormulaCapture captured_;
};

/// What an elementwise operator has beside its name and formula; see `elementwise`.
struct FormulaOptions {
  std::vector<VjpRule> vjp = {};  ///< one rule for each input; none for an operator that is constant almost everywhere
  double cost = 1;                ///< rough cost of one element, in additions: 20 for an exponential
  SimplifyRule simplify = {};     ///< the formula for special operands; see `Op::simplify`
  /// What tells a formula that captures numbers from others made by the same lambda: {{"slope", 0.2}}. Without it each
  /// formula that captures something is equal only to itself.
  Attributes attributes = {};
};

namespace detail {

/// Evaluates a formula over expressions. Whole vectors, the last one filled up: an element's bits do not depend on
/// where it lies. xtensor's own assignment takes twice as long to compile, and elements beside whole vectors one by
/// one.
template <class Input, class Output, std::size_t... Index>
struct ExpressionKernel {
  template <class Function>
  static void run(const Function& formula, const std::byte* const* inputs, std::byte* const* outputs,
                  std::size_t count) {
    const auto operands = std::make_tuple(formula_operand(reinterpret_cast<const Input*>(inputs[Index]), count)...);
    const auto expression = std::apply(formula, operands);
    auto* result = reinterpret_cast<Output*>(outputs[0]);
    using Assignment =
        xt::xassign_traits<std::decay_t<decltype(std::get<0>(operands))>, std::decay_t<decltype(expression)>>;
    std::size_t i = 0;
    if constexpr (std::is_same_v<Input, Output> && std::is_floating_point_v<Input> &&
                  Assignment::simd_linear_assign()) {
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
        run(formula, filled.data(), &filled_result, lanes);
        std::copy_n(last.begin(), count - i, result + i);
      }
    } else {
      for (; i < count; ++i) result[i] = static_cast<Output>(expression.data_element(i));
    }
  }
};

/// Evaluates a formula over numbers, in a loop.
template <class Input, class Output, std::size_t... Index>
struct LoopKernel {
  template <class Function>
  static void run(const Function& formula, const std::byte* const* inputs, std::byte* const* outputs,
                  std::size_t count) {
    // Formulas read booleans as bytes: the compiler makes vectors of those only.
    using Operand = std::conditional_t<std::is_same_v<Input, bool>, std::uint8_t, Input>;
    const auto operands = std::make_tuple(reinterpret_cast<const Operand*>(inputs[Index])...);
    auto* result = reinterpret_cast<Output*>(outputs[0]);
    // The result may lie where an operand lies, never beside it.
    independent_loop(
        count, [&](std::size_t i) __attribute__((always_inline)) {
          result[i] = static_cast<Output>(formula(std::get<Index>(operands)[i]...));
        });
  }
};

template <class Function>
inline constexpr bool captures_nothing = std::is_empty_v<Function>&& std::is_default_constructible_v<Function>;

/// The kernel that calls `Kernel::run` with the formula, one that captures nothing without looking at it.
template <class Kernel, class Function>
Elementwise::Kernel kernel_of(const Function* formula) {
  if constexpr (captures_nothing<Function>) {
    return +[](const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
      Kernel::run(Function{}, inputs, outputs, count);
    };
  } else {
    return {+[](const void* formula, const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
              Kernel::run(*static_cast<const Function*>(formula), inputs, outputs, count);
            },
            formula};
  }
}

template <template <class, class, std::size_t...> class Kernel, bool Predicate, class Function, Element... Types,
          std::size_t... Index>
Formula::Kernels formula_kernels(const Function* formula, DTypes<Types...>, std::index_sequence<Index...>) {
  Formula::Kernels kernels{};
  ((kernels[static_cast<std::size_t>(dtype_of<Types>)] =
        kernel_of<Kernel<Types, std::conditional_t<Predicate, bool, Types>, Index...>>(formula)),
   ...);
  return kernels;
}

/// The operator, given what makes kernels that refer to its formula.
template <std::size_t Arity, class Function, class MakeKernels>
std::shared_ptr<const Formula> make_formula(std::string name, Function given, FormulaOptions options,
                                            std::size_t results, bool predicate, MakeKernels make_kernels) {
  FormulaCapture captured{.attributes = std::move(options.attributes)};
  const Function* formula = nullptr;
  if constexpr (!captures_nothing<Function>) {
    auto kept = std::make_shared<const Function>(std::move(given));
    formula = kept.get();
    captured.formula = std::move(kept);
  }
  return std::make_shared<const Formula>(std::move(name), Arity, results, make_kernels(formula), predicate,
                                         options.cost, std::move(options.vjp), std::move(options.simplify),
                                         std::move(captured));
}

template <std::size_t Arity, bool Predicate, class Function, Element... Types>
std::shared_ptr<const Formula> make_expression_formula(std::string name, Function formula, FormulaOptions options,
                                                       DTypes<Types...> types) {
  constexpr auto indices = std::make_index_sequence<Arity>();
  if constexpr (is_formula<Function, Types...>(indices)) {
    if constexpr (!captures_nothing<Function>) expect_captured_numbers<Types...>(name, formula, indices);
    return make_formula<Arity>(
        std::move(name), std::move(formula), std::move(options), 1, Predicate,
        [&](const Function* kept) { return formula_kernels<ExpressionKernel, Predicate>(kept, types, indices); });
  } else {
    return nullptr;
  }
}

}  // namespace detail

/// Makes an elementwise operator from a name and a formula, compiled for each of `Types`: a generic lambda that takes
/// xtensor expressions and returns one. It must not keep named sub-expressions, to which xtensor expressions would
/// refer after it has returned. It may capture numbers by value; a number beside an expression is written `number(x,
/// value)`, in the dtype of x.
///
///     const auto square = elementwise<1, FloatingTypes>(
///         "square", [](const auto& x) { return x * x; },
///         {.vjp = {[](const Vjp& at) { return at.cotangent() * 2 * at.input(); }}});
template <std::size_t Arity, class Types, class Function>
requires(Arity > 0) std::shared_ptr<const Formula> elementwise(std::string name, Function formula,
                                                               FormulaOptions options = {}) {
  return detail::make_expression_formula<Arity, false>(std::move(name), std::move(formula), std::move(options),
                                                       Types{});
}

/// As `elementwise`, for a formula whose result is boolean.
template <std::size_t Arity, class Types, class Function>
requires(Arity > 0) std::shared_ptr<const Formula> predicate(std::string name, Function formula,
                                                             FormulaOptions options = {}) {
  return detail::make_expression_formula<Arity, true>(std::move(name), std::move(formula), std::move(options), Types{});
}

/// As `elementwise`, for a function of numbers instead of expressions, run as a plain loop: for what xtensor lacks or
/// does slowly. The result is boolean when that is what the function gives.
///
///     const auto hypot = elementwise_loop<2, FloatingTypes>(
///         "hypot", [](auto x, auto y) { return std::hypot(x, y); }, {.vjp = ...});
template <std::size_t Arity, class Types, class Function>
requires(Arity > 0) std::shared_ptr<const Formula> elementwise_loop(std::string name, Function formula,
                                                                    FormulaOptions options = {}) {
  constexpr auto indices = std::make_index_sequence<Arity>();
  if constexpr (detail::is_function_of_numbers<Function>(indices)) {
    constexpr bool is_predicate = detail::gives_boolean<Function>(indices);
    return detail::make_formula<Arity>(
        std::move(name), std::move(formula), std::move(options), 1, is_predicate, [&](const Function* kept) {
          return detail::formula_kernels<detail::LoopKernel, is_predicate>(kept, Types{}, indices);
        });
  } else {
    return nullptr;
  }
}

/// Replaces each of `count` elements by `formula` of it, a lambda as `elementwise` takes it: the bits of an element do
/// not depend on where it lies. For kernels of other operators that hold a formula inside.
template <Element T, class Function>
void transform_elements(T* elements, std::int64_t count, const Function& formula) {
  const auto* input = reinterpret_cast<const std::byte*>(elements);
  auto* output = reinterpret_cast<std::byte*>(elements);
  detail::ExpressionKernel<T, T, 0>::run(formula, &input, &output, static_cast<std::size_t>(count));
}

}  // namespace xgrad
