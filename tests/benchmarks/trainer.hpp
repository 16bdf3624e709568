#pragma once

namespace xgrad::benchmark {

/// A model in training: it knows its weights and the batches it is shown, always the same ones in the same order.
class Trainer {
 public:
  virtual ~Trainer() = default;

  /// Trains on the next batch and returns its loss.
  virtual double step() = 0;
};

}  // namespace xgrad::benchmark
