#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/models/losses/loss.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace xgrad {

/// Checks an array that goes into a model. A vector of n numbers counts as (n, 1), as in Keras. Throws ShapeError when
/// its samples do not have the shape of `input`, and ValueError when there are none.
void check_input(const ArrayRef& x, const Tensor& input);

/// Checks the targets for `output`, made by the layer named `layer`, in the same way. Throws ValueError also when a
/// label does not name a class.
void check_target(const ArrayRef& y, const Loss& loss, const Tensor& output, const std::string& layer);

/// Throws ValueError when a batch would be empty; `method` is that of the model.
void check_batch_size(std::string_view method, std::int64_t batch_size);

/// Throws ValueError unless inputs and targets are of the same number of samples.
void check_sample_counts(const ArrayRef& x, const ArrayRef& y);

}  // namespace xgrad
