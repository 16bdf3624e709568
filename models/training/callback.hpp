#pragma once

#include <xgrad/models/training/logs.hpp>

#include <cstdint>
#include <functional>

namespace xgrad {

/// What a call of `fit` is about to do.
struct FitParameters {
  int epochs = 1;
  std::int64_t batch_size = 32;
  std::int64_t samples = 0;
  std::int64_t validation_samples = 0;  ///< 0 without validation
};

/// What `fit` calls on its way; leave out what is not needed. Epochs and batches count from 0. To end training early,
/// call `stop_training()` of the model.
struct Callback {
  std::function<void(const FitParameters&)> on_train_begin = {};
  std::function<void(int epoch)> on_epoch_begin = {};
  /// With the means over the samples of the epoch so far.
  std::function<void(std::int64_t batch, const Logs&)> on_batch_end = {};
  /// With the means over the epoch, and of the validation as val_loss, val_acc, ...
  std::function<void(int epoch, const Logs&)> on_epoch_end = {};
  std::function<void()> on_train_end = {};
};

}  // namespace xgrad
