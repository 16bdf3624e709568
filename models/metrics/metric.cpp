#include <xgrad/models/losses/loss.hpp>
#include <xgrad/models/metrics/accuracy.hpp>
#include <xgrad/models/metrics/metric.hpp>
#include <xgrad/models/named_choice.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace xgrad {
namespace {

struct Entry {
  std::string_view name;
  std::string_view shown_as;
  Tensor (*function)(const Tensor&, const Tensor&);
};

// Losses are metrics as well.
constexpr std::array entries{
    Entry{"acc", "acc", accuracy},
    Entry{"accuracy", "acc", accuracy},
    Entry{"binary_accuracy", "binary_accuracy", binary_accuracy},
    Entry{"categorical_accuracy", "categorical_accuracy", categorical_accuracy},
    Entry{"sparse_categorical_accuracy", "sparse_categorical_accuracy", sparse_categorical_accuracy},
};

}  // namespace

Metric::Metric(Tensor (*function)(const Tensor&, const Tensor&)) : Metric("metric", function) {
  if (const auto known = std::ranges::find(entries, function, &Entry::function); known != entries.end()) {
    name_ = known->shown_as;
  } else if (const Loss* loss = Loss::find(function)) {
    name_ = loss->name();
  } else {
    is_named_ = false;
  }
}

Metric Metric::named(std::string_view name) {
  for (const auto& entry : entries) {
    if (is_name(name, entry.name)) return {std::string(entry.shown_as), entry.function};
  }
  auto names = Loss::names();
  for (const auto& known : names) {
    if (!is_name(name, known)) continue;
    const Loss loss(known);
    return {loss.name(), loss};
  }
  for (const auto& entry : entries) names.push_back(entry.name);
  std::ranges::sort(names);
  reject_name("metric", name, names);
}

}  // namespace xgrad
