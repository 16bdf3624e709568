#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/adaptive_step.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

#include <limits>

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace xgrad {
namespace {

constexpr std::size_t arity = 5;

constexpr auto formula = [](const auto& x, const auto& direction, const auto& mean_square, const auto& rate,
                            const auto& epsilon) { return x - rate * direction / (xt::sqrt(mean_square) + epsilon); };

#if defined(__AVX512F__)

/// 1 / sqrt(x) for positive normal x: the processor's estimate, good to 14 bits, and one step of Newton's method.
__m512 reciprocal_root(__m512 x) {
  const __m512 estimate = _mm512_rsqrt14_ps(x);
  const __m512 half = _mm512_mul_ps(_mm512_mul_ps(x, _mm512_set1_ps(0.5f)), estimate);
  return _mm512_mul_ps(estimate, _mm512_fnmadd_ps(half, estimate, _mm512_set1_ps(1.5f)));
}

/// 1 / x for normal x, in the same way.
__m512 reciprocal(__m512 x) {
  const __m512 estimate = _mm512_rcp14_ps(x);
  return _mm512_mul_ps(estimate, _mm512_fnmadd_ps(x, estimate, _mm512_set1_ps(2.0f)));
}

void fast_kernel(const std::byte* const* inputs, std::byte* output, std::size_t count) {
  constexpr std::size_t lanes = 16;
  // Addresses of its own: a store could change those in `inputs`, which would then be read again for every vector.
  const auto operand = [&](std::size_t input) { return reinterpret_cast<const float*>(inputs[input]); };
  const float* const x = operand(0);
  const float* const direction = operand(1);
  const float* const mean_squares = operand(2);
  const float* const rate = operand(3);
  const float* const epsilon = operand(4);
  auto* const results = reinterpret_cast<float*>(output);
  // Zero and infinity have no estimate; next to them the result is the same.
  const __m512 smallest = _mm512_set1_ps(std::numeric_limits<float>::min());
  const __m512 largest = _mm512_set1_ps(std::numeric_limits<float>::max());
  const auto step = [&](std::size_t first, __mmask16 here) {
    const auto load = [&](const float* values) { return _mm512_maskz_loadu_ps(here, values + first); };
    // In this order of operands a NaN stays one.
    const __m512 mean_square = _mm512_min_ps(largest, _mm512_max_ps(smallest, load(mean_squares)));
    const __m512 divisor = _mm512_fmadd_ps(mean_square, reciprocal_root(mean_square), load(epsilon));
    const __m512 length = _mm512_mul_ps(load(rate), load(direction));
    const __m512 result = _mm512_fnmadd_ps(length, reciprocal(divisor), load(x));
    _mm512_mask_storeu_ps(results + first, here, result);
  };
  std::size_t first = 0;
  for (; first + lanes <= count; first += lanes) step(first, 0xffff);
  if (first < count) step(first, static_cast<__mmask16>((1u << (count - first)) - 1));
}

constexpr Elementwise::Kernel float_kernel = fast_kernel;

#else

constexpr Elementwise::Kernel float_kernel = detail::formula_kernel<decltype(formula), arity, false, float>;

#endif

/// The derivative of the step by its divisor.
Tensor by_divisor(const Vjp& at) {
  const auto divisor = sqrt(at.input(2)) + at.input(4);
  return at.cotangent() * at.input(3) * at.input(1) / square(divisor);
}

Formula::Kernels kernels() {
  Formula::Kernels result{};
  result[static_cast<std::size_t>(DType::float32)] = float_kernel;
  result[static_cast<std::size_t>(DType::float64)] = detail::formula_kernel<decltype(formula), arity, false, double>;
  return result;
}

}  // namespace

Tensor adaptive_step(const Tensor& x, const Tensor& direction, const Tensor& mean_square, const Tensor& rate,
                     const Tensor& epsilon) {
  const auto quotient = [](const Vjp& at, const Tensor& factor) {
    return negative(at.cotangent() * factor / (sqrt(at.input(2)) + at.input(4)));
  };
  static const auto op = std::make_shared<const Formula>(
      "adaptive_step", arity, kernels(), false, 10.0,
      std::vector<VjpRule>{
          [](const Vjp& at) { return at.cotangent(); }, [=](const Vjp& at) { return quotient(at, at.input(3)); },
          [](const Vjp& at) { return by_divisor(at) * 0.5 / sqrt(at.input(2)); },
          [=](const Vjp& at) { return quotient(at, at.input(1)); }, [](const Vjp& at) { return by_divisor(at); }});
  return apply(op, {x, direction, mean_square, rate, epsilon});
}

Tensor adaptive_step(const Tensor& x, const Tensor& direction, const Tensor& mean_square, const Tensor& rate,
                     double epsilon) {
  return adaptive_step(x, direction, mean_square, rate, number_like("adaptive_step", epsilon, x));
}

static const Register registered_adaptive_step{{
    .name = "adaptive_step",
    .family = OperatorFamily::neural,
    .signature = "adaptive_step(x, direction, mean_square, rate, epsilon)",
    .summary = "The step of RMSprop and Adam: against the direction, divided by the root of the mean square.",
    .formula = "x - rate * direction / (sqrt(mean_square) + epsilon)",
    .gradient =
        "with d = sqrt(mean_square) + epsilon: c for x, -c * rate / d for direction, c * rate * direction / (2 * d^2 * "
        "sqrt(mean_square)) for mean_square, -c * direction / d for rate, c * rate * direction / d^2 for epsilon",
    .shapes = "all broadcast",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents x, Extents rate) {
            samples.push_back({std::move(label),
                               {sample_values(x), sample_values(x, -2, 2, 1), sample_values(x, 0.5, 3, 2),
                                sample_values(rate, 0.1, 0.5, 3), sample_values(rate, 0.2, 0.9, 4)},
                               [](auto x) { return adaptive_step(x[0], x[1], x[2], x[3], x[4]); }});
          };
          add("matrices", {2, 3}, {2, 3});
          add("one rate", {4, 5}, {});
          add("scalars", {}, {});
          add("one element", {1}, {1});
          add("no elements", {0, 3}, {});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"integers",
               [] {
                 const auto x = input({3}, {}, DType::int32);
                 adaptive_step(x, x, x, x, 1);
               },
               "adaptive_step: expected one of float32, float64, but got int32"},
              {"mixed dtypes",
               [] {
                 const auto x = input({3});
                 adaptive_step(x, x, x, scalar(0.1, DType::float64), 1e-7);
               },
               "adaptive_step: expected inputs of one dtype, but got float32 and float64"},
          };
        },
}};

}  // namespace xgrad
