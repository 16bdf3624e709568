#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x - rate * direction / (sqrt(mean_square) + epsilon), element by element, with broadcasting: the step that RMSprop
/// and Adam take, as one formula, because it visits every weight in every step. Floating point; mean_square is not
/// negative. In float32 on AVX-512 root and quotient are good to a few units in the last place instead of correctly
/// rounded, and twice as fast for it.
Tensor adaptive_step(const Tensor& x, const Tensor& direction, const Tensor& mean_square, const Tensor& rate,
                     const Tensor& epsilon);
Tensor adaptive_step(const Tensor& x, const Tensor& direction, const Tensor& mean_square, const Tensor& rate,
                     double epsilon);

}  // namespace xgrad
