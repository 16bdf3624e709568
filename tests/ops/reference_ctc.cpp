#include "reference.hpp"

namespace xgrad::test {
namespace {

/// What a way of emissions spells: repetitions merged, blanks dropped.
std::vector<double> spelled(const std::vector<std::size_t>& way, std::size_t blank) {
  std::vector<double> labels;
  for (std::size_t step = 0; step < way.size(); ++step) {
    const bool repeats = step > 0 && way[step] == way[step - 1];
    if (way[step] != blank && !repeats) labels.push_back(static_cast<double>(way[step]));
  }
  return labels;
}

/// Adds up every way of emissions there is.
double negative_log_probability(const std::vector<std::vector<double>>& logits, const std::vector<double>& labels,
                                std::size_t blank) {
  double total = 0;
  const std::size_t classes = logits.empty() ? 1 : logits[0].size();
  std::vector<std::size_t> way(logits.size(), 0);
  for (;;) {
    if (spelled(way, blank) == labels) {
      double probability = 1;
      for (std::size_t step = 0; step < way.size(); ++step) {
        double sum = 0;
        for (double logit : logits[step]) sum += std::exp(logit);
        probability *= std::exp(logits[step][way[step]]) / sum;
      }
      total += probability;
    }
    std::size_t step = 0;
    while (step < way.size() && ++way[step] == classes) way[step++] = 0;
    if (step == way.size()) return -std::log(total);
  }
}

Plain ctc(const Sample& sample, std::span<const Plain> inputs) {
  const Plain& target = inputs[0];
  const Plain& prediction = inputs[1];
  const auto classes = static_cast<std::size_t>(prediction.shape[2]);
  const auto all_steps = static_cast<std::size_t>(prediction.shape[1]);
  const auto all_labels = static_cast<std::size_t>(target.shape[1]);
  Plain result(Extents{prediction.shape[0]});
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    std::vector<std::vector<double>> logits;
    for (std::size_t step = 0; step < static_cast<std::size_t>(inputs[2].values[i]); ++step) {
      const auto row = prediction.values.begin() + static_cast<std::ptrdiff_t>((i * all_steps + step) * classes);
      logits.emplace_back(row, row + static_cast<std::ptrdiff_t>(classes));
    }
    const auto labels = target.values.begin() + static_cast<std::ptrdiff_t>(i * all_labels);
    const auto count = static_cast<std::ptrdiff_t>(inputs[3].values[i]);
    result.values[i] = negative_log_probability(logits, {labels, labels + count},
                                                static_cast<std::size_t>(argument(sample, "blank", 0)));
  }
  return result;
}

}  // namespace

References ctc_references() { return {{"ctc", ctc}}; }

}  // namespace xgrad::test
