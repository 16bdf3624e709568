#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/negative.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_negative{
    "negative",
    {
        .samples = [] { return unary_samples(negative); },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"unsigned input", [] { negative(input({3}, {}, DType::uint8)); },
                   "negative: expected one of float32, float64, int32, int64, but got uint8"}};
            },
        .points = {{{0}, -0.0, -1}, {{INFINITY}, -INFINITY, -1}},
    }};

}  // namespace xgrad
