#pragma once

#include <xgrad/framework/core/elementwise.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace xgrad {
namespace detail {

/// What a function of vectors gives for the vectors at `operands`.
template <class Function, class T, std::size_t... Operand>
[[gnu::always_inline]] inline auto results_of(const Function& formula,
                                              const std::array<const T*, sizeof...(Operand)>& operands,
                                              std::index_sequence<Operand...>) {
  return formula(xsimd::batch<T>::load_unaligned(operands[Operand])...);
}

template <class Function, std::size_t Arity>
using ResultsOf =
    decltype(results_of<Function, double>(std::declval<const Function&>(), {}, std::make_index_sequence<Arity>()));

template <class Results>
inline constexpr std::size_t result_count = 1;
template <class... Results>
inline constexpr std::size_t result_count<std::tuple<Results...>> = sizeof...(Results);

/// Writes the one result or all of a tuple. By reference: a copy of a tuple of vectors goes through memory.
template <class Results, class T, std::size_t... Result>
[[gnu::always_inline]] inline void store(const Results& results, const std::array<T*, sizeof...(Result)>& to,
                                         std::index_sequence<Result...>) {
  if constexpr (std::is_same_v<Results, xsimd::batch<T>>) {
    results.store_unaligned(to[0]);
  } else {
    (std::get<Result>(results).store_unaligned(to[Result]), ...);
  }
}

/// Evaluates a formula over vectors. Whole vectors, the last one filled up, so that an element's bits do not depend on
/// where it lies. All results of a vector are there before the first is written, which may take the place of an
/// operand.
template <class T, class Operands, class Results>
struct VectorsKernel;

template <class T, std::size_t... Operand, std::size_t... Result>
struct VectorsKernel<T, std::index_sequence<Operand...>, std::index_sequence<Result...>> {
  template <class Function>
  static void run(const Function& formula, const std::byte* const* inputs, std::byte* const* outputs,
                  std::size_t count) {
    constexpr std::size_t lanes = xsimd::batch<T>::size;
    constexpr std::index_sequence<Operand...> operand_indices;
    constexpr std::index_sequence<Result...> result_indices;
    const std::array<const T*, sizeof...(Operand)> from{reinterpret_cast<const T*>(inputs[Operand])...};
    const std::array<T*, sizeof...(Result)> to{reinterpret_cast<T*>(outputs[Result])...};
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
      store(results_of<Function, T>(formula, {from[Operand] + i...}, operand_indices), std::array{to[Result] + i...},
            result_indices);
    }
    if (i == count) return;
    T operands[sizeof...(Operand)][lanes] = {};
    T results[sizeof...(Result)][lanes];
    (std::copy_n(from[Operand] + i, count - i, operands[Operand]), ...);
    store(results_of<Function, T>(formula, {operands[Operand]...}, operand_indices),
          std::array{static_cast<T*>(results[Result])...}, result_indices);
    (std::copy_n(results[Result], count - i, to[Result] + i), ...);
  }
};

template <std::size_t Arity, std::size_t Results, class Function, Element... Types>
Formula::Kernels vectors_kernels(const Function* formula, DTypes<Types...>) {
  Formula::Kernels kernels{};
  ((kernels[static_cast<std::size_t>(dtype_of<Types>)] =
        kernel_of<VectorsKernel<Types, std::make_index_sequence<Arity>, std::make_index_sequence<Results>>>(formula)),
   ...);
  return kernels;
}

}  // namespace detail

/// As `elementwise`, for floating point and a function of vectors of numbers (`xsimd::batch`) instead of expressions,
/// which may name its parts and may give several results, as a `std::tuple`: an operator with as many, for `apply_all`.
/// One pass over the operands writes all of them. Its rules meet a cotangent for each result.
///
///     const auto op = elementwise_vectors<2>(
///         "sum_and_difference", [](auto x, auto y) { return std::tuple(x + y, x - y); },
///         {.vjp = {[](const Vjp& at) { return at.cotangents[0] + at.cotangents[1]; },
///                  [](const Vjp& at) { return at.cotangents[0] - at.cotangents[1]; }}});
template <std::size_t Arity, class Function>
requires(Arity > 0) std::shared_ptr<const Formula> elementwise_vectors(std::string name, Function formula,
                                                                       FormulaOptions options = {}) {
  constexpr auto results = detail::result_count<detail::ResultsOf<Function, Arity>>;
  return detail::make_formula<Arity>(
      std::move(name), std::move(formula), std::move(options), results, false,
      [](const Function* kept) { return detail::vectors_kernels<Arity, results>(kept, FloatingTypes()); });
}

}  // namespace xgrad
