#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_multiply_no_nan{
    "multiply_no_nan",
    {
        .samples = [] { return binary_samples(multiply_no_nan); },
        .rejections = [] { return binary_rejections("multiply_no_nan", multiply_no_nan); },
        .points = {{{INFINITY, 0}, 0, 0},
                   {{-INFINITY, 0}, 0, 0},
                   {{NAN, 0}, 0, 0},
                   {{NAN, 2}, NAN, 2},
                   {{INFINITY, -2}, -INFINITY, -2},
                   {{0, INFINITY}, NAN, INFINITY}},
    }};

}  // namespace xgrad
