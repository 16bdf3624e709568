#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sign.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_sign{
    "sign",
    {
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
              return std::vector<Rejection>{
                  {"booleans", [] { sign(input({3}, {}, DType::boolean)); },
                   "sign: expected one of float32, float64, int32, int64, uint8, but got bool"}};
            },
        .points = {{{0}, 0, 0}, {{-0.0}, 0, 0}, {{-1000}, -1, 0}, {{NAN}, NAN, 0}},
    }};

}  // namespace xgrad
