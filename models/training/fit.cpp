#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/models/training/check_arrays.hpp>
#include <xgrad/models/training/pass.hpp>
#include <xgrad/models/training/progress_bar.hpp>
#include <xgrad/models/training/sequential.hpp>

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>

namespace xgrad {
namespace {

void check_options(const FitOptions& options) {
  check_batch_size("fit", options.batch_size);
  if (options.initial_epoch < 0 || options.epochs < options.initial_epoch) {
    throw ValueError(
        fmt::format("Sequential::fit: expected epochs of at least initial_epoch, and that at least 0, but got {} and "
                    "{}; epochs is the number of the last one, not how many follow",
                    options.epochs, options.initial_epoch));
  }
  if (!(options.validation_split >= 0 && options.validation_split < 1)) {
    throw ValueError(
        fmt::format("Sequential::fit: expected a validation_split of 0 or more and below 1, but got {}; it is a "
                    "fraction of the samples",
                    options.validation_split));
  }
}

/// How many of the samples, from the first on, are trained on.
std::int64_t training_samples(std::int64_t samples, const FitOptions& options) {
  if (options.validation_data.has_value() || options.validation_split == 0) return samples;
  // 1 - 0.8 is a little less than 0.2: what is all but a whole number of samples is meant to be one.
  const auto count = static_cast<double>(samples);
  const auto kept = static_cast<std::int64_t>(count - count * options.validation_split + 1e-12 * count);
  if (kept == 0 || kept == samples) {
    throw ValueError(
        fmt::format("Sequential::fit: a validation_split of {} of {} samples leaves {} to train on and {} to validate; "
                    "expected at least 1 of each, change the fraction or pass .validation_data",
                    options.validation_split, samples, kept, samples - kept));
  }
  return kept;
}

std::vector<Callback> all_callbacks(const FitOptions& options) {
  std::vector<Callback> callbacks = options.callbacks;
  if (options.verbose == 1) callbacks.insert(callbacks.begin(), progress());
  if (options.verbose > 1) callbacks.insert(callbacks.begin(), progress({.is_terminal = false}));
  return callbacks;
}

template <class... Parameters, class... Arguments>
void notify(const std::vector<Callback>& callbacks, std::function<void(Parameters...)> Callback::*moment,
            const Arguments&... arguments) {
  for (const auto& callback : callbacks) {
    if (callback.*moment) (callback.*moment)(arguments...);
  }
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

History Sequential::fit(const ArrayRef& x, const ArrayRef& y, const FitOptions& options) {
  use();
  const ModelUse::Changing changing(use_, "fit");
  const auto compiled = expect_compiled("fit");  // a callback may move the model away, or assign another to it
  auto& model = *compiled;
  check_options(options);
  check_data(x, y);
  const auto samples = x.shape()[0];
  const auto kept = training_samples(samples, options);

  auto batches = model.train().batches(std::array{x, y}, 0, kept, options.batch_size);
  std::optional<Batches> validation;
  if (const auto& data = options.validation_data; data.has_value()) {
    check_data(data.x(), data.y());
    validation = model.test().batches(std::array{data.x(), data.y()}, 0, data.x().shape()[0], options.batch_size);
  } else if (kept < samples) {
    validation = model.test().batches(std::array{x, y}, kept, samples - kept, options.batch_size);
  }

  const auto callbacks = all_callbacks(options);
  const auto shuffle_seed = layers_.next_seed();
  use().is_stopping = false;
  notify(callbacks, &Callback::on_train_begin,
         FitParameters{options.epochs, options.batch_size, kept, validation ? validation->samples() : 0});

  std::optional<Profiler> profiler;
  if (!options.profile.empty()) {
    profiler.emplace();
    profiler->write_trace(options.profile);  // an impossible file is an error before the training, not after
  }
  History history;
  for (int epoch = options.initial_epoch; epoch < options.epochs && !use().is_stopping; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    notify(callbacks, &Callback::on_epoch_begin, epoch);
    if (options.shuffle) batches.shuffle({.seed = shuffle_seed, .stream = static_cast<std::uint64_t>(epoch)});

    Logs logs = model.logs();
    run_pass(model.train(), batches, logs, [&](std::int64_t batch, double loss) {
      if (!std::isfinite(loss)) {
        throw NumericError(
            fmt::format("Sequential::fit: expected a finite loss, but it is {} in epoch {} of {}, batch {} of {}; "
                        "training has stopped. Lower the learning rate, and look for values in the data that are "
                        "huge or no numbers",
                        std::isnan(loss) ? std::abs(loss) : loss,  // the sign of what is no number means nothing
                        epoch + 1, options.epochs, batch + 1, batches.count()));
      }
      notify(callbacks, &Callback::on_batch_end, batch, logs);
    });

    if (validation) {
      Logs means = model.logs();
      run_pass(model.test(), *validation, means, [](std::int64_t, double) {});
      for (const auto& [name, value] : means) logs.set("val_" + name, value);
    }
    for (const auto& [name, value] : logs) history.history.append(name, value);
    history.epoch.push_back(epoch);
    history.seconds.push_back(seconds_since(start));
    notify(callbacks, &Callback::on_epoch_end, epoch, logs);
  }
  notify(callbacks, &Callback::on_train_end);
  if (profiler) {
    profiler->write_trace(options.profile);
    fmt::print("{}", profiler->table());
  }
  return history;
}

}  // namespace xgrad
