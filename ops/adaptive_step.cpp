#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>
#include <xgrad/framework/core/elementwise_vectors.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/adaptive_step.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/lerp/interpolate.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {
namespace {

// An exact root and a division: what processors estimate of them differs.
template <class V>
V moved(V x, V rate, V direction, V mean_square, V epsilon) {
  return x - rate * direction / (elementary::lanes::square_root(mean_square) + epsilon);
}

// A result that nobody asks for has a constant 0 as cotangent, which leaves nothing of what it meets, in derivatives of
// any order.
Tensor both(const Tensor& left, const Tensor& right) {
  if (is_constant_zero(left)) return right;
  return is_constant_zero(right) ? left : left + right;
}

template <class Slope>
Tensor times(const Tensor& cotangent, Slope slope) {
  return is_constant_zero(cotangent) ? cotangent : multiply_nonzeros(cotangent, slope());
}

/// x - rate * direction / (sqrt(mean_square) + epsilon) at the new means, and its cotangents.
struct Step {
  Tensor cotangent;
  Tensor direction;
  Tensor mean_square;
  Tensor rate;
  Tensor epsilon;

  Tensor by_direction() const {
    return times(cotangent, [&] { return negative(rate / divisor()); });
  }
  Tensor by_rate() const {
    return times(cotangent, [&] { return negative(direction / divisor()); });
  }
  Tensor by_epsilon() const {
    return times(cotangent, [&] { return by_divisor(); });
  }
  Tensor by_mean_square() const {
    return times(cotangent, [&] { return by_divisor() * 0.5 / sqrt(mean_square); });
  }

 private:
  Tensor divisor() const { return sqrt(mean_square) + epsilon; }
  Tensor by_divisor() const { return rate * direction / square(divisor()); }
};

/// Cotangents of a running mean whose new value has the cotangent `c`.
Tensor by_old_mean(const Tensor& c, const Tensor& weight) {
  return times(c, [&] { return 1 - weight; });
}
Tensor by_weight(const Tensor& c, const Tensor& mean, const Tensor& next) {
  return times(c, [&] { return next - mean; });
}
Tensor by_next(const Tensor& c, const Tensor& weight) {
  return times(c, [&] { return weight; });
}
Tensor by_root_of_next(const Tensor& c, const Tensor& weight, const Tensor& root) {
  return times(c, [&] { return weight * 2 * root; });
}

// In the order of the arguments.
namespace rmsprop {

Step step(const Vjp& at) { return {at.cotangent(), at.input(1), at.outputs[1], at.input(3), at.input(5)}; }

Tensor by_mean_square(const Vjp& at) { return both(at.cotangents[1], step(at).by_mean_square()); }

}  // namespace rmsprop

namespace adam {

Step step(const Vjp& at) { return {at.cotangent(), at.outputs[1], at.outputs[2], at.input(4), at.input(7)}; }

Tensor by_mean(const Vjp& at) { return both(at.cotangents[1], step(at).by_direction()); }
Tensor by_mean_square(const Vjp& at) { return both(at.cotangents[2], step(at).by_mean_square()); }

}  // namespace adam
}  // namespace

RmspropStep rmsprop_step(const Tensor& x, const Tensor& gradient, const Tensor& mean_square, const Tensor& rate,
                         const Tensor& weight, const Tensor& epsilon) {
  using namespace rmsprop;
  static const auto op = elementwise_vectors<6>(
      "rmsprop_step",
      [](auto x, auto gradient, auto mean_square, auto rate, auto weight, auto epsilon) {
        const auto new_mean_square = interpolate(mean_square, gradient * gradient, weight);
        return std::tuple(moved(x, rate, gradient, new_mean_square, epsilon), new_mean_square);
      },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent(); },
                  [](const Vjp& at) {
                    return both(step(at).by_direction(), by_root_of_next(by_mean_square(at), at.input(4), at.input(1)));
                  },
                  [](const Vjp& at) { return by_old_mean(by_mean_square(at), at.input(4)); },
                  [](const Vjp& at) { return step(at).by_rate(); },
                  [](const Vjp& at) { return by_weight(by_mean_square(at), at.input(2), square(at.input(1))); },
                  [](const Vjp& at) { return step(at).by_epsilon(); }},
          .cost = 14,
      });
  auto results = apply_all(op, {x, gradient, mean_square, rate, weight, epsilon});
  return {std::move(results[0]), std::move(results[1])};
}

RmspropStep rmsprop_step(const Tensor& x, const Tensor& gradient, const Tensor& mean_square, const Tensor& rate,
                         double weight, double epsilon) {
  return rmsprop_step(x, gradient, mean_square, rate, number_like("rmsprop_step", weight, x),
                      number_like("rmsprop_step", epsilon, x));
}

AdamStep adam_step(const Tensor& x, const Tensor& gradient, const Tensor& mean, const Tensor& mean_square,
                   const Tensor& rate, const Tensor& mean_weight, const Tensor& mean_square_weight,
                   const Tensor& epsilon) {
  using namespace adam;
  static const auto op = elementwise_vectors<8>(
      "adam_step",
      [](auto x, auto gradient, auto mean, auto mean_square, auto rate, auto mean_weight, auto mean_square_weight,
         auto epsilon) {
        const auto new_mean = interpolate(mean, gradient, mean_weight);
        const auto new_mean_square = interpolate(mean_square, gradient * gradient, mean_square_weight);
        return std::tuple(moved(x, rate, new_mean, new_mean_square, epsilon), new_mean, new_mean_square);
      },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent(); },
                  [](const Vjp& at) {
                    return both(by_next(by_mean(at), at.input(5)),
                                by_root_of_next(by_mean_square(at), at.input(6), at.input(1)));
                  },
                  [](const Vjp& at) { return by_old_mean(by_mean(at), at.input(5)); },
                  [](const Vjp& at) { return by_old_mean(by_mean_square(at), at.input(6)); },
                  [](const Vjp& at) { return step(at).by_rate(); },
                  [](const Vjp& at) { return by_weight(by_mean(at), at.input(2), at.input(1)); },
                  [](const Vjp& at) { return by_weight(by_mean_square(at), at.input(3), square(at.input(1))); },
                  [](const Vjp& at) { return step(at).by_epsilon(); }},
          .cost = 16,
      });
  auto results = apply_all(op, {x, gradient, mean, mean_square, rate, mean_weight, mean_square_weight, epsilon});
  return {std::move(results[0]), std::move(results[1]), std::move(results[2])};
}

AdamStep adam_step(const Tensor& x, const Tensor& gradient, const Tensor& mean, const Tensor& mean_square,
                   const Tensor& rate, double mean_weight, double mean_square_weight, double epsilon) {
  const auto number = [&](double value) { return number_like("adam_step", value, x); };
  return adam_step(x, gradient, mean, mean_square, rate, number(mean_weight), number(mean_square_weight),
                   number(epsilon));
}

static const Register registered_rmsprop_step{{
    .name = "rmsprop_step",
    .family = OperatorFamily::neural,
    .signature = "rmsprop_step(x, gradient, mean_square, rate, weight, epsilon)",
    .summary = "A step of RMSprop: the new x and the new running mean of the square of the gradient.",
    .formula = "mean_square' = lerp(mean_square, gradient^2, weight) and x' = x - rate * gradient / "
               "(sqrt(mean_square') + epsilon)",
    .gradient = "with d = sqrt(mean_square') + epsilon and q = c * rate * gradient / d^2, for c of x' and s of "
                "mean_square', t = s + q / (2 * sqrt(mean_square')): c for x, 2 * t * weight * gradient - c * rate / d "
                "for gradient, t * (1 - weight) for mean_square, -c * gradient / d for rate, t * (gradient^2 - "
                "mean_square) for weight, q for epsilon",
    .shapes = "all broadcast; both results of the same shape",
}};

static const Register registered_adam_step{{
    .name = "adam_step",
    .family = OperatorFamily::neural,
    .signature = "adam_step(x, gradient, mean, mean_square, rate, mean_weight, mean_square_weight, epsilon)",
    .summary = "A step of Adam: the new x and the new running means of the gradient and of its square.",
    .formula = "mean' = lerp(mean, gradient, mean_weight), mean_square' = lerp(mean_square, gradient^2, "
               "mean_square_weight) and x' = x - rate * mean' / (sqrt(mean_square') + epsilon)",
    .gradient =
        "with d = sqrt(mean_square') + epsilon and q = c * rate * mean' / d^2, for c of x', m of mean' and s of "
        "mean_square', u = m - c * rate / d and t = s + q / (2 * sqrt(mean_square')): c for x, u * mean_weight + "
        "2 * t * mean_square_weight * gradient for gradient, u * (1 - mean_weight) for mean, t * (1 - "
        "mean_square_weight) for mean_square, -c * mean' / d for rate, u * (gradient - mean) for mean_weight, t * "
        "(gradient^2 - mean_square) for mean_square_weight, q for epsilon",
    .shapes = "all broadcast; the results of the same shape",
}};

}  // namespace xgrad
