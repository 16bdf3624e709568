#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/optimizers/optimizer_options.hpp>

#include <fmt/format.h>

#include <cmath>

namespace xgrad {

void expect_learning_rate(std::string_view optimizer, double learning_rate) {
  if (!(std::isfinite(learning_rate) && learning_rate >= 0)) {
    throw ValueError(fmt::format("{}: expected a learning rate of 0 or more, but got {}; 0.001 is a usual one",
                                 optimizer, learning_rate));
  }
}

void expect_decay(std::string_view optimizer, std::string_view option, double value) {
  if (!(value >= 0 && value < 1)) {
    throw ValueError(fmt::format("{}: expected {} of 0 or more and below 1, but got {}", optimizer, option, value));
  }
}

void expect_paired(std::string_view optimizer, std::span<const Tensor> parameters, std::span<const Tensor> gradients) {
  if (parameters.size() != gradients.size()) {
    throw ValueError(
        fmt::format("{}: expected one gradient for each parameter, but got {} and {}; pass gradients(loss, "
                    "parameters) of the same parameters",
                    optimizer, gradients.size(), parameters.size()));
  }
}

Tensor zero_state(const Tensor& tensor, std::string_view name) {
  return parameter(Array::zeros(tensor.dtype(), tensor.shape().extents()), fmt::format("{}/{}", tensor.name(), name));
}

}  // namespace xgrad
