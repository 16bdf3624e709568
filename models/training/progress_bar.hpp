#pragma once

#include <xgrad/models/training/callback.hpp>

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace xgrad {

/// Where progress is drawn. The defaults are the program's standard output and the steady clock.
struct ProgressOptions {
  std::ostream* stream = nullptr;                    ///< none: standard output
  bool is_terminal = standard_output_is_terminal();  ///< without one there is a single line, at the end
  std::function<double()> clock = {};                ///< seconds since some moment

  static bool standard_output_is_terminal();
};

/// One line that shows how far a pass over samples has come, as Keras 2 draws it:
/// `32000/60000 [===============>..............] - ETA: 1s - loss: 0.4648 - acc: 0.8770`. In a terminal it is drawn
/// over and over, at most 20 times a second.
class ProgressBar {
 public:
  /// `target` is the number of samples, at least 1. The clock starts.
  ProgressBar(std::int64_t target, ProgressOptions options);

  /// Ends the line, also when an error ended the pass.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `seen` samples are done.
  void update(std::int64_t seen, const Logs& logs);

  /// All samples are done: the last drawing, and the end of the line.
  void finish(const Logs& logs);

 private:
  void draw(std::string line);
  std::string line(std::int64_t seen, double now, const Logs& logs) const;

  std::int64_t target_;
  ProgressOptions options_;
  double start_;
  double last_drawn_;
  std::size_t width_ = 0;  ///< of what stands in the line
};

/// The callback that prints a training: `Train on 60000 samples, validate on 10000 samples`, then for each epoch
/// `Epoch 1/5` and a progress bar.
Callback progress(ProgressOptions options = {});

}  // namespace xgrad
