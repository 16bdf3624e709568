#include <xgrad/models/losses/loss.hpp>
#include <xgrad/models/metrics/accuracy.hpp>
#include <xgrad/models/metrics/metric.hpp>
#include <xgrad/models/named_choice.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace xgrad {
namespace {

struct NamedMetric {
  std::string_view name;
  std::string_view shown_as;
  Tensor (*function)(const Tensor&, const Tensor&);
};

// Losses are metrics as well.
constexpr std::array entries{
    NamedMetric{"acc", "acc", accuracy},
    NamedMetric{"accuracy", "acc", accuracy},
    NamedMetric{"binary_accuracy", "binary_accuracy", binary_accuracy},
    NamedMetric{"categorical_accuracy", "categorical_accuracy", categorical_accuracy},
    NamedMetric{"sparse_categorical_accuracy", "sparse_categorical_accuracy", sparse_categorical_accuracy},
};

}  // namespace

Metric::Metric(Tensor (*function)(const Tensor&, const Tensor&)) : Metric("metric", function) {
  if (const auto known = std::ranges::find(entries, function, &NamedMetric::function); known != entries.end()) {
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
