#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/square.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_square{
    "square",
    {
        .samples = [] { return unary_samples(square); },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"boolean input", [] { square(input({3}, {}, DType::boolean)); },
                   "square: expected one of float32, float64, int32, int64, uint8, but got bool"}};
            },
        .points = {{{INFINITY}, INFINITY, INFINITY}, {{-INFINITY}, INFINITY, -INFINITY}, {{0}, 0, 0}},
    }};

}  // namespace xgrad
