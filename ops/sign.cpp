#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sign.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Tensor sign(const Tensor& x) {
  static const auto op = elementwise<1, NumericTypes>("sign", [](const auto& x) { return xt::sign(x); });
  return apply(op, {x});
}

static const Register registered_sign{{
    .name = "sign",
    .signature = "sign(x)",
    .summary = "-1, 0 or 1: the sign of a number.",
    .formula = "x / |x|, 0 at 0",
    .gradient = "none: the result is constant almost everywhere",
    .samples =
        [] {
          auto samples = unary_samples(sign);
          const auto build = [](auto x) { return sign(x[0]); };
          samples.push_back({"integers", {xt::xarray<int>{-3, 0, 5}}, build});
          samples.push_back({"unsigned integers", {xt::xarray<std::uint8_t>{0, 1, 200}}, build});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{{"booleans", [] { sign(input({3}, {}, DType::boolean)); },
                                         "sign: expected one of float32, float64, int32, int64, uint8, but got bool"}};
        },
    .points = {{{0}, 0, 0}, {{-0.0}, 0, 0}, {{-1000}, -1, 0}, {{none}, none, 0}},
}};

}  // namespace xgrad
