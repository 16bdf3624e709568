#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/models/losses/loss.hpp>
#include <xgrad/models/metrics/metric.hpp>
#include <xgrad/models/optimizers/optimizer.hpp>
#include <xgrad/models/training/callback.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace xgrad {

/// How a model is made.
struct ModelOptions {
  /// All that the model draws (initial weights, the order of samples, Dropout) follows from this number and from the
  /// model's own layers and calls, whatever other models and threads do. Without it the model takes what
  /// `set_random_seed` left, in the order of the program.
  std::optional<std::uint64_t> seed = {};
};

/// How a model is trained: see `Sequential::compile`.
struct CompileOptions {
  Optimizer optimizer;
  Loss loss;
  std::vector<Metric> metrics = {};
};

/// Inputs and targets that are not trained on: `{x, y}`. As every argument it takes over temporaries and borrows arrays
/// that have a name, which it does not outlive.
class ValidationData {
 public:
  ValidationData() = default;
  ValidationData(ArrayRef x, ArrayRef y) : arrays_(std::in_place, std::move(x), std::move(y)) {}

  bool has_value() const { return arrays_.has_value(); }
  const ArrayRef& x() const { return arrays_->first; }
  const ArrayRef& y() const { return arrays_->second; }

 private:
  std::optional<std::pair<ArrayRef, ArrayRef>> arrays_;
};

/// See `Sequential::fit`.
struct FitOptions {
  int epochs = 1;
  std::int64_t batch_size = 32;
  bool shuffle = true;  ///< train on the samples in a new order in each epoch
  ValidationData validation_data = {};
  double validation_split = 0;  ///< this fraction of the samples, the last ones, validates instead of training
  int verbose = 1;              ///< 0 prints nothing, 1 draws a bar, 2 prints a line for each epoch
  std::vector<Callback> callbacks = {};
  std::string profile = {};  ///< file for a Chrome trace of every kernel that runs; the most expensive ones are printed
  int initial_epoch = 0;     ///< number of the first epoch, to go on with an earlier training
};

/// See `Sequential::evaluate`.
struct EvaluateOptions {
  std::int64_t batch_size = 32;
  int verbose = 1;  ///< 0 prints nothing, 1 draws a bar
};

/// See `Sequential::predict`.
struct PredictOptions {
  std::int64_t batch_size = 32;
};

}  // namespace xgrad
