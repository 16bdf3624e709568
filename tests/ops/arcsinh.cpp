#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/arcsinh.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_arcsinh{
    "arcsinh",
    {
        .samples = [] { return unary_samples(arcsinh, -3, 3); },
        .rejections = [] { return floating_rejections("arcsinh", arcsinh); },
        .points =
            {{{0}, 0, 1}, {{INFINITY}, INFINITY, 0}, {{-INFINITY}, -INFINITY, 0}, {{1e30}, 69.77069997038133, 1e-30}},
    }};

static const RegisterSamples samples_of_arccosh{
    "arccosh",
    {
        .samples = [] { return unary_samples(arccosh, 1.2, 3); },
        .rejections = [] { return floating_rejections("arccosh", arccosh); },
        .points = {{{1}, 0, INFINITY}, {{INFINITY}, INFINITY, 0}, {{0}, NAN, NAN}, {{-1e30}, NAN, NAN}},
    }};

static const RegisterSamples samples_of_arctanh{
    "arctanh",
    {
        .samples = [] { return unary_samples(arctanh, -0.8, 0.8); },
        .rejections = [] { return floating_rejections("arctanh", arctanh); },
        .points = {{{0}, 0, 1}, {{1}, INFINITY, INFINITY}, {{-1}, -INFINITY, INFINITY}},
    }};

}  // namespace xgrad
