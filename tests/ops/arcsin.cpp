#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/arcsin.hpp>
#include <xgrad/ops/divide.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
namespace {

constexpr double right_angle = std::numbers::pi / 2;

}  // namespace

static const RegisterSamples samples_of_arcsin{
    "arcsin",
    {
        .samples = [] { return unary_samples(arcsin, -0.9, 0.9); },
        .rejections = [] { return floating_rejections("arcsin", arcsin); },
        .points = {{{0}, 0, 1}, {{1}, right_angle, INFINITY}, {{-1}, -right_angle, INFINITY}, {{2}, NAN, NAN}},
    }};

static const RegisterSamples samples_of_arccos{
    "arccos",
    {
        .samples = [] { return unary_samples(arccos, -0.9, 0.9); },
        .rejections = [] { return floating_rejections("arccos", arccos); },
        .points = {{{1}, 0, -INFINITY}, {{-1}, std::numbers::pi, -INFINITY}, {{2}, NAN, NAN}},
    }};

static const RegisterSamples samples_of_arctan{
    "arctan",
    {
        .samples = [] { return unary_samples(arctan, -3, 3); },
        .rejections = [] { return floating_rejections("arctan", arctan); },
        .points = {{{0}, 0, 1}, {{INFINITY}, right_angle, 0}, {{-INFINITY}, -right_angle, 0}},
    }};

}  // namespace xgrad
