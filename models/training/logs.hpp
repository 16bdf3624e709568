#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

/// The name by which logs know a metric that Keras has called by two: "acc" for "accuracy", "val_acc" for
/// "val_accuracy".
std::string_view log_name(std::string_view name);

/// Named numbers in a fixed order, as training reports them: loss, acc, val_loss, val_acc. They are found as "accuracy"
/// and "val_accuracy" as well.
class Logs {
 public:
  struct Entry {
    std::string name;
    double value;
  };

  /// The value of this name. Throws ValueError, listing the names there are, when it has none.
  double operator[](std::string_view name) const;

  bool contains(std::string_view name) const;

  /// Gives `name` a value; a new name comes last.
  void set(std::string_view name, double value);

  std::size_t size() const { return entries_.size(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }

 private:
  std::vector<Entry> entries_;
};

}  // namespace xgrad
