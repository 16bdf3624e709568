#include <xgrad/models/optimizers/optimizer_options.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/ops/adaptive_step.hpp>

namespace xgrad {

Updates RMSprop::updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const {
  expect_learning_rate("RMSprop", learning_rate);
  expect_decay("RMSprop", "rho", rho);
  expect_paired("RMSprop", parameters, gradients);

  Updates result;
  for (std::size_t index = 0; index < parameters.size(); ++index) {
    const auto& weight = parameters[index];
    const auto& gradient = gradients[index];
    const auto rate = scalar(learning_rate, weight.dtype());
    const auto mean_square = zero_state(weight, "mean_square");
    const auto next = rmsprop_step(weight, gradient, mean_square, rate, 1 - rho, epsilon);
    result.push_back({mean_square, next.mean_square});
    result.push_back({weight, next.x});
  }
  return result;
}

}  // namespace xgrad
