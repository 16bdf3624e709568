#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// New values of a parameter and of the running mean that its optimizer keeps.
struct RmspropStep {
  Tensor x;
  Tensor mean_square;
};

/// A step of RMSprop, element by element, with broadcasting, in one pass over memory, because it visits every weight in
/// every step:
///     mean_square' = lerp(mean_square, gradient^2, weight)
///     x'           = x - rate * gradient / (sqrt(mean_square') + epsilon)
/// Floating point; mean_square is not negative. Root and quotient are correctly rounded.
/// Source: Tieleman and Hinton, "Lecture 6.5: rmsprop", 2012.
RmspropStep rmsprop_step(const Tensor& x, const Tensor& gradient, const Tensor& mean_square, const Tensor& rate,
                         const Tensor& weight, const Tensor& epsilon);
RmspropStep rmsprop_step(const Tensor& x, const Tensor& gradient, const Tensor& mean_square, const Tensor& rate,
                         double weight, double epsilon);

/// New values of a parameter and of the running means that its optimizer keeps.
struct AdamStep {
  Tensor x;
  Tensor mean;
  Tensor mean_square;
};

/// A step of Adam, as `rmsprop_step`:
///     mean'        = lerp(mean, gradient, mean_weight)
///     mean_square' = lerp(mean_square, gradient^2, mean_square_weight)
///     x'           = x - rate * mean' / (sqrt(mean_square') + epsilon)
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015.
AdamStep adam_step(const Tensor& x, const Tensor& gradient, const Tensor& mean, const Tensor& mean_square,
                   const Tensor& rate, const Tensor& mean_weight, const Tensor& mean_square_weight,
                   const Tensor& epsilon);
AdamStep adam_step(const Tensor& x, const Tensor& gradient, const Tensor& mean, const Tensor& mean_square,
                   const Tensor& rate, double mean_weight, double mean_square_weight, double epsilon);

}  // namespace xgrad
