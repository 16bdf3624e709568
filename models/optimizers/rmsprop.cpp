#include <xgrad/models/optimizers/optimizer_options.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Updates RMSprop::updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const {
  expect_learning_rate("RMSprop", learning_rate);
  expect_decay("RMSprop", "rho", rho);
  expect_paired("RMSprop", parameters, gradients);

  Updates result;
  for (std::size_t index = 0; index < parameters.size(); ++index) {
    const auto& weight = parameters[index];
    const auto& gradient = gradients[index];
    const auto mean_square = zero_state(weight, "mean_square");
    const auto new_mean_square = rho * mean_square + (1 - rho) * square(gradient);
    result.push_back({mean_square, new_mean_square});
    result.push_back({weight, weight - learning_rate * gradient / (sqrt(new_mean_square) + epsilon)});
  }
  return result;
}

}  // namespace xgrad
