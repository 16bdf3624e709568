#pragma once

#include <map>
#include <string>
#include <vector>

namespace xgrad {

/// What `fit` returns: one value for each epoch that was trained.
struct History {
  /// By the names of the logs: `history.history["val_loss"].back()`.
  std::map<std::string, std::vector<double>> history;
  std::vector<int> epoch;       ///< numbers of the epochs, from 0
  std::vector<double> seconds;  ///< that each epoch took, its validation included
};

}  // namespace xgrad
