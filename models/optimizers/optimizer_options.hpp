#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <span>
#include <string_view>

namespace xgrad {

/// Throws ValueError unless the learning rate is a finite number of 0 or more.
void expect_learning_rate(std::string_view optimizer, double learning_rate);

/// Throws ValueError unless a decay rate, such as a momentum, lies in [0, 1).
void expect_decay(std::string_view optimizer, std::string_view option, double value);

/// Throws ValueError unless there is one gradient for each parameter.
void expect_paired(std::string_view optimizer, std::span<const Tensor> parameters, std::span<const Tensor> gradients);

/// A parameter of zeros of the type of `parameter`, named after it: "dense_1/kernel/velocity".
Tensor zero_state(const Tensor& parameter, std::string_view name);

}  // namespace xgrad
