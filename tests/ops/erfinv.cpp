#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/erfinv.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
namespace {

constexpr double sqrt_pi = 1 / std::numbers::inv_sqrtpi;

}  // namespace

static const RegisterSamples samples_of_erfinv{"erfinv",
                                               {
                                                   .samples = [] { return unary_samples(erfinv, -0.9, 0.9); },
                                                   .rejections = [] { return floating_rejections("erfinv", erfinv); },
                                                   .points = {{{0}, 0, sqrt_pi / 2},
                                                              {{1}, INFINITY, INFINITY},
                                                              {{-1}, -INFINITY, INFINITY},
                                                              {{1.5}, NAN, NAN},
                                                              {{1e-30}, 1e-30 * sqrt_pi / 2, sqrt_pi / 2}},
                                               }};

}  // namespace xgrad
