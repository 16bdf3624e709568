#include "reference.hpp"

namespace xgrad::test {
namespace {

Plain softmax(const Sample& sample, std::span<const Plain> inputs) {
  Plain result = inputs[0];
  const std::size_t axis = axis_argument(sample, result);
  for_each_line(result.shape, axis, [&](const std::vector<std::size_t>& line) {
    double sum = 0;
    for (auto i : line) sum += std::exp(result.values[i]);
    for (auto i : line) result.values[i] = std::exp(result.values[i]) / sum;
  });
  return result;
}

// Predictions are never near 0 or 1 here: what the losses do there is held by stability_test.

/// One value for each sample from its target and prediction.
using SampleLoss = double (*)(const std::vector<double>& target, const std::vector<double>& prediction);

Plain for_each_sample(const Plain& target, const Plain& prediction, SampleLoss loss) {
  Plain result(Extents(target.shape.begin(), target.shape.end() - 1));
  std::size_t next = 0;
  for_each_line(target.shape, target.shape.size() - 1, [&](const std::vector<std::size_t>& line) {
    std::vector<double> t;
    std::vector<double> p;
    for (auto i : line) t.push_back(target.values[i]);
    for (auto i : line) p.push_back(prediction.values[i]);
    result.values[next++] = loss(t, p);
  });
  return result;
}

double crossentropy(const std::vector<double>& target, const std::vector<double>& prediction) {
  double sum = 0;
  for (double probability : prediction) sum += probability;
  double loss = 0;
  for (std::size_t i = 0; i < target.size(); ++i) loss -= target[i] * std::log(prediction[i] / sum);
  return loss;
}

double binary_loss(const std::vector<double>& target, const std::vector<double>& prediction) {
  double loss = 0;
  for (std::size_t i = 0; i < target.size(); ++i) {
    loss -= target[i] * std::log(prediction[i]) + (1 - target[i]) * std::log(1 - prediction[i]);
  }
  return loss / static_cast<double>(target.size());
}

double squared_error(const std::vector<double>& target, const std::vector<double>& prediction) {
  double loss = 0;
  for (std::size_t i = 0; i < target.size(); ++i) loss += (prediction[i] - target[i]) * (prediction[i] - target[i]);
  return loss / static_cast<double>(target.size());
}

/// The samples that say so, and those of one class, hold logits.
Plain probabilities(const Sample& sample, const Plain& prediction) {
  const auto& label = sample.label;
  const bool plain =
      label == "probabilities" || label == "three axes" || label == "no samples" || label == "column of labels";
  if (plain) return prediction;
  return softmax(sample, {&prediction, 1});
}

Plain categorical(const Sample& sample, std::span<const Plain> inputs) {
  return for_each_sample(inputs[0], probabilities(sample, inputs[1]), crossentropy);
}

Plain sparse(const Sample& sample, std::span<const Plain> inputs) {
  const Plain& prediction = inputs[1];
  Plain target(prediction.shape);
  const auto classes = static_cast<std::size_t>(prediction.shape.back());
  for (std::size_t i = 0; i < target.values.size(); ++i) {
    target.values[i] = inputs[0].values[i / classes] == static_cast<double>(i % classes);
  }
  return for_each_sample(target, probabilities(sample, prediction), crossentropy);
}

Plain binary(const Sample& sample, std::span<const Plain> inputs) {
  const bool logits = sample.label == "from logits" || sample.label == "of sigmoid";
  const auto prediction = logits ? map(inputs[1], [](double value) { return 1 / (1 + std::exp(-value)); }) : inputs[1];
  return for_each_sample(inputs[0], prediction, binary_loss);
}

}  // namespace

References loss_references() {
  return {
      {"softmax", softmax},
      {"log_softmax", [](const Sample& sample, std::span<const Plain> x) { return map(softmax(sample, x), std::log); }},
      {"categorical_crossentropy", categorical},
      {"sparse_categorical_crossentropy", sparse},
      {"binary_crossentropy", binary},
      {"mean_squared_error",
       [](const Sample&, std::span<const Plain> x) { return for_each_sample(x[0], x[1], squared_error); }},
  };
}

}  // namespace xgrad::test
