#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>

#include <limits>

namespace xgrad {

static const RegisterSamples samples_of_abs{
    "abs",
    {
        .samples = [] { return unary_samples(abs); },
        .rejections =
            [] {
              return std::vector<Rejection>{{"unsigned input", [] { abs(input({3}, {}, DType::uint8)); },
                                             "abs: expected one of float32, float64, int32, int64, but got uint8"}};
            },
        .points = {{{0}, 0, 0},
                   {{-0.0}, 0, 0},
                   {{std::numeric_limits<double>::quiet_NaN()},
                    std::numeric_limits<double>::quiet_NaN(),
                    std::numeric_limits<double>::quiet_NaN()}},
    }};

}  // namespace xgrad
