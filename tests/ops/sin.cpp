#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sin.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_sin{"sin",
                                            {
                                                .samples = [] { return unary_samples(sin, -3, 3); },
                                                .rejections = [] { return floating_rejections("sin", sin); },
                                                .points = {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{INFINITY}, NAN, NAN}},
                                            }};

static const RegisterSamples samples_of_cos{"cos",
                                            {
                                                .samples = [] { return unary_samples(cos, -3, 3); },
                                                .rejections = [] { return floating_rejections("cos", cos); },
                                                .points = {{{0}, 1, 0}, {{INFINITY}, NAN, NAN}},
                                            }};

static const RegisterSamples samples_of_tan{"tan",
                                            {
                                                .samples = [] { return unary_samples(tan, -1.2, 1.2); },
                                                .rejections = [] { return floating_rejections("tan", tan); },
                                                .points = {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{INFINITY}, NAN, NAN}},
                                            }};

}  // namespace xgrad
