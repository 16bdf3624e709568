#pragma once

namespace xgrad {

/// base^exponent, within one unit in the last place, by additions, multiplications and divisions of which each is
/// rounded once: the same bits on every processor, which the C library's pow does not give. Special values are those of
/// IEEE 754's pow; a result below the smallest normal number of double is 0.
double real_power(double base, double exponent);
float real_power(float base, float exponent);

/// The natural logarithm of a number that is not negative, as exactly and by the same means; of less than the smallest
/// normal number -infinity.
double real_logarithm(double x);

}  // namespace xgrad
