#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/loss_arguments.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Tensor mean_squared_error(const Tensor& target, const Tensor& prediction) {
  expect_alike("mean_squared_error", target, prediction);
  return mean(square(prediction - target), -1);
}

static const Register registered_mean_squared_error{{
    .name = "mean_squared_error",
    .family = OperatorFamily::loss,
    .signature = "mean_squared_error(target, prediction)",
    .summary = "Mean of squared differences over the last axis, for each sample.",
    .formula = "mean((prediction - target)^2)",
    .gradient = "2 * c * (prediction - target) / size of the last axis for prediction, its negative for target",
    .shapes = "target and prediction (..., n): (...)",
    .samples =
        [] {
          std::vector<Sample> samples;
          for (const Extents& shape : {Extents{3, 4}, {2, 3, 4}, {1}, {0, 4}}) {
            samples.push_back({to_string(shape), {sample_values(shape), sample_values(shape, -2, 2, 1)}, [](auto x) {
                                 return mean_squared_error(x[0], x[1]);
                               }});
          }
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"shapes that differ",
               [] {
                 mean_squared_error(input({batch, 3}), input({batch, 1}));
               },
               "mean_squared_error: target shape (batch, 3) and prediction shape (batch, 1) differ"},
              {"mixed dtypes", [] { mean_squared_error(input({3}, {}, DType::float64), input({3})); },
               "mean_squared_error: target dtype float64 and prediction dtype float32 differ"},
          };
        },
}};

}  // namespace xgrad
