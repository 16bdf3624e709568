#include <xgrad/models/metrics/accuracy.hpp>
#include <xgrad/models/metrics/metric.hpp>
#include <xgrad/models/named_choice.hpp>
#include <xgrad/ops/binary_crossentropy.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/sparse_categorical_crossentropy.hpp>

#include <algorithm>
#include <array>

namespace xgrad {
namespace {

struct Entry {
  std::string_view name;
  std::string_view shown_as;
  Tensor (*function)(const Tensor&, const Tensor&);
};

constexpr std::array entries{
    Entry{"acc", "acc", accuracy},
    Entry{"accuracy", "acc", accuracy},
    Entry{"binary_accuracy", "binary_accuracy", binary_accuracy},
    Entry{"binary_crossentropy", "binary_crossentropy", binary_crossentropy},
    Entry{"categorical_accuracy", "categorical_accuracy", categorical_accuracy},
    Entry{"categorical_crossentropy", "categorical_crossentropy", categorical_crossentropy},
    Entry{"mean_squared_error", "mean_squared_error", mean_squared_error},
    Entry{"mse", "mean_squared_error", mean_squared_error},
    Entry{"sparse_categorical_accuracy", "sparse_categorical_accuracy", sparse_categorical_accuracy},
    Entry{"sparse_categorical_crossentropy", "sparse_categorical_crossentropy", sparse_categorical_crossentropy},
};

}  // namespace

Metric::Metric(Tensor (*function)(const Tensor&, const Tensor&)) : Metric("metric", function) {
  const auto known = std::ranges::find(entries, function, &Entry::function);
  if (known != entries.end()) name_ = known->shown_as;
}

Metric Metric::named(std::string_view name) {
  const auto& known = choose("metric", name, entries);
  return {std::string(known.shown_as), known.function};
}

}  // namespace xgrad
