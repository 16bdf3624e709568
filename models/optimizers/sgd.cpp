#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/models/optimizers/optimizer_options.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Updates SGD::updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const {
  expect_learning_rate("SGD", learning_rate);
  expect_decay("SGD", "momentum", momentum);
  expect_paired("SGD", parameters, gradients);

  Updates result;
  for (std::size_t index = 0; index < parameters.size(); ++index) {
    const auto& weight = parameters[index];
    const auto step = learning_rate * gradients[index];
    if (momentum == 0) {
      result.push_back({weight, weight - step});
      continue;
    }
    const auto velocity = zero_state(weight, "velocity");
    const auto new_velocity = momentum * velocity - step;
    result.push_back({velocity, new_velocity});
    result.push_back({weight, add(weight, nesterov ? momentum * new_velocity - step : new_velocity)});
  }
  return result;
}

}  // namespace xgrad
