#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

/// For each name of the logs, one value for each epoch. "acc" and "accuracy" are one name, and "val_acc" and
/// "val_accuracy" as well.
class HistoryLogs {
 public:
  /// The values of this name; of a temporary, a copy. Throws ValueError, listing the names there are, when it has none.
  const std::vector<double>& at(std::string_view name) const&;
  std::vector<double> at(std::string_view name) const&& { return at(name); }
  const std::vector<double>& operator[](std::string_view name) const& { return at(name); }
  std::vector<double> operator[](std::string_view name) const&& { return at(name); }

  bool contains(std::string_view name) const;
  std::size_t size() const { return values_.size(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

  /// The value of one more epoch.
  void append(std::string_view name, double value);

 private:
  std::map<std::string, std::vector<double>, std::less<>> values_;
};

/// What `fit` returns: one value for each epoch that was trained.
struct History {
  HistoryLogs history;          ///< by the names of the logs: `history.history["val_loss"].back()`
  std::vector<int> epoch;       ///< numbers of the epochs, from 0
  std::vector<double> seconds;  ///< that each epoch took, its validation included
};

}  // namespace xgrad
