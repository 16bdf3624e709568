#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/optimizer_options.hpp>
#include <xgrad/ops/adaptive_step.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/power.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Updates Adam::updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const {
  expect_learning_rate("Adam", learning_rate);
  expect_decay("Adam", "beta_1", beta_1);
  expect_decay("Adam", "beta_2", beta_2);
  expect_paired("Adam", parameters, gradients);

  // In float64: 1 - 0.999 has lost five of its seven digits in float32.
  const auto iterations = parameter(Array(0.0), "adam/iterations");
  const auto step = iterations + 1;
  const auto rate = learning_rate * sqrt(1 - power(scalar(beta_2, DType::float64), step)) /
                    (1 - power(scalar(beta_1, DType::float64), step));

  Updates result{{iterations, step}};
  for (std::size_t index = 0; index < parameters.size(); ++index) {
    const auto& weight = parameters[index];
    const auto& gradient = gradients[index];
    const auto mean = zero_state(weight, "mean");
    const auto mean_square = zero_state(weight, "mean_square");
    const auto step_size = cast(rate, weight.dtype());
    const auto next = adam_step(weight, gradient, mean, mean_square, step_size, 1 - beta_1, 1 - beta_2, epsilon);
    result.push_back({mean, next.mean});
    result.push_back({mean_square, next.mean_square});
    result.push_back({weight, next.x});
  }
  return result;
}

}  // namespace xgrad
