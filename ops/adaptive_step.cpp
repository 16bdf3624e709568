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

namespace xgrad {
namespace {

/// The derivative of the step by its divisor.
Tensor by_divisor(const Vjp& at) {
  const auto divisor = sqrt(at.input(2)) + at.input(4);
  return at.cotangent() * at.input(3) * at.input(1) / square(divisor);
}

}  // namespace

Tensor adaptive_step(const Tensor& x, const Tensor& direction, const Tensor& mean_square, const Tensor& rate,
                     const Tensor& epsilon) {
  const auto quotient = [](const Vjp& at, const Tensor& factor) {
    return negative(at.cotangent() * factor / (sqrt(at.input(2)) + at.input(4)));
  };
  static const auto op = elementwise<5, FloatingTypes>(FormulaOptions{
      .name = "adaptive_step",
      // An exact root and a division: what processors estimate of them differs.
      .formula = [](const auto& x, const auto& direction, const auto& mean_square, const auto& rate,
                    const auto& epsilon) { return x - rate * direction / (xt::sqrt(mean_square) + epsilon); },
      .vjp = {[](const Vjp& at) { return at.cotangent(); }, [=](const Vjp& at) { return quotient(at, at.input(3)); },
              [](const Vjp& at) { return by_divisor(at) * 0.5 / sqrt(at.input(2)); },
              [=](const Vjp& at) { return quotient(at, at.input(1)); }, [](const Vjp& at) { return by_divisor(at); }},
      .cost = 10,
  });
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
