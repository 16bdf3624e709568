#pragma once

namespace xgrad {

/// log(|gamma(x)|), by additions, multiplications and divisions of which each is rounded once: the same bits on every
/// processor, which the C library's lgamma does not give. Near the zeros at 1 and 2 all digits are right, near those
/// below 0 the absolute error is that of 1. Infinite at 0, at negative integers and at both infinities.
double real_lgamma(double x);

}  // namespace xgrad
