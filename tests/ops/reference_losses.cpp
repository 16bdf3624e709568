#include "reference.hpp"
#include <algorithm>

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
using SampleLoss = std::function<double(const std::vector<double>& target, const std::vector<double>& prediction)>;

Plain for_each_sample(const Plain& target, const Plain& prediction, const SampleLoss& loss) {
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

/// The mean over the last axis of a function of target and prediction.
Plain mean_of(std::span<const Plain> inputs, const std::function<double(double t, double p)>& function) {
  return for_each_sample(inputs[0], inputs[1],
                         [&](const std::vector<double>& target, const std::vector<double>& prediction) {
                           double loss = 0;
                           for (std::size_t i = 0; i < target.size(); ++i) loss += function(target[i], prediction[i]);
                           return loss / static_cast<double>(target.size());
                         });
}

Reference mean_loss(double (*function)(double t, double p)) {
  return [=](const Sample&, std::span<const Plain> inputs) { return mean_of(inputs, function); };
}

double rounded(double difference, double delta) {
  const double size = std::fabs(difference);
  return size <= delta ? size * size / 2 : delta * (size - delta / 2);
}

Plain huber(const Sample& sample, std::span<const Plain> inputs) {
  const double delta = argument(sample, "delta", 1);
  return mean_of(inputs, [=](double t, double p) { return rounded(p - t, delta); });
}

Plain smooth_l1(const Sample& sample, std::span<const Plain> inputs) {
  const double beta = argument(sample, "beta", 1);
  return mean_of(inputs,
                 [=](double t, double p) { return beta == 0 ? std::fabs(p - t) : rounded(p - t, beta) / beta; });
}

Plain poisson_nll(const Sample& sample, std::span<const Plain> inputs) {
  const double epsilon = argument(sample, "epsilon", 0);
  return mean_of(
      inputs, [=](double t, double p) { return epsilon == 0 ? std::exp(p) - t * p : p - t * std::log(p + epsilon); });
}

double divergence(const std::vector<double>& target, const std::vector<double>& prediction) {
  double loss = 0;
  for (std::size_t i = 0; i < target.size(); ++i) loss += target[i] * std::log(target[i] / prediction[i]);
  return loss;
}

double negative_cosine(const std::vector<double>& target, const std::vector<double>& prediction) {
  double product = 0;
  double target_square = 0;
  double prediction_square = 0;
  for (std::size_t i = 0; i < target.size(); ++i) {
    product += target[i] * prediction[i];
    target_square += target[i] * target[i];
    prediction_square += prediction[i] * prediction[i];
  }
  return -product / std::sqrt(target_square * prediction_square);
}

double categorical_hinge(const std::vector<double>& target, const std::vector<double>& prediction) {
  double right = 0;
  double wrong = -1e300;
  for (std::size_t i = 0; i < target.size(); ++i) {
    right += target[i] * prediction[i];
    wrong = std::fmax(wrong, (1 - target[i]) * prediction[i]);
  }
  return std::fmax(0, 1 + wrong - right);
}

Plain gaussian_nll(const Sample& sample, std::span<const Plain> inputs) {
  Plain result(Extents(inputs[0].shape.begin(), inputs[0].shape.end() - 1));
  const double constant = argument(sample, "full", 0) * std::log(2 * std::acos(-1.0)) / 2;
  const auto size = static_cast<double>(inputs[0].shape.back());
  std::fill(result.values.begin(), result.values.end(), constant);
  for_each_index(inputs[0].shape, [&](const Extents& index) {
    const double error =
        inputs[0].values[position(inputs[0].shape, index)] - inputs[1].values[position(inputs[1].shape, index)];
    const double variance =
        std::fmax(inputs[2].values[position(inputs[2].shape, index)], argument(sample, "epsilon", 0));
    result.values[position(result.shape, Extents(index.begin(), index.end() - 1))] +=
        (std::log(variance) + error * error / variance) / 2 / size;
  });
  return result;
}

Plain triplet(const Sample& sample, std::span<const Plain> inputs) {
  const auto distances = [&](const Plain& other) {
    return for_each_sample(inputs[0], other, [&](const auto& anchor, const auto& vector) {
      double square = 0;
      for (std::size_t i = 0; i < anchor.size(); ++i) {
        square += std::pow(anchor[i] - vector[i] + argument(sample, "epsilon", 0), 2);
      }
      return std::sqrt(square);
    });
  };
  Plain result = distances(inputs[1]);
  const Plain far = distances(inputs[2]);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i] = std::fmax(0, result.values[i] - far.values[i] + argument(sample, "margin", 1));
  }
  return result;
}

/// Targets of which the sample's share is spread evenly over `classes`.
Plain smoothed(const Sample& sample, Plain target, double classes) {
  const double share = argument(sample, "label_smoothing", 0);
  for (auto& value : target.values) value = value * (1 - share) + share / classes;
  return target;
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
  const auto target = smoothed(sample, inputs[0], static_cast<double>(inputs[0].shape.back()));
  return for_each_sample(target, probabilities(sample, inputs[1]), crossentropy);
}

Plain sparse(const Sample& sample, std::span<const Plain> inputs) {
  const Plain& prediction = inputs[1];
  Plain target(prediction.shape);
  const auto classes = static_cast<std::size_t>(prediction.shape.back());
  for (std::size_t i = 0; i < target.values.size(); ++i) {
    const double label = inputs[0].values[i / classes];
    const double share = argument(sample, "label_smoothing", 0);
    target.values[i] = (label == static_cast<double>(i % classes)) * (1 - share);
    if (label >= 0 && label < static_cast<double>(classes)) target.values[i] += share / static_cast<double>(classes);
  }
  return for_each_sample(target, probabilities(sample, prediction), crossentropy);
}

Plain binary(const Sample& sample, std::span<const Plain> inputs) {
  const bool logits = sample.label == "from logits" || sample.label == "of sigmoid";
  const auto prediction = logits ? map(inputs[1], [](double value) { return 1 / (1 + std::exp(-value)); }) : inputs[1];
  return for_each_sample(smoothed(sample, inputs[0], 2), prediction, binary_loss);
}

}  // namespace

References loss_references() {
  return {
      {"softmax", softmax},
      {"log_softmax", [](const Sample& sample, std::span<const Plain> x) { return map(softmax(sample, x), std::log); }},
      {"categorical_crossentropy", categorical},
      {"sparse_categorical_crossentropy", sparse},
      {"binary_crossentropy", binary},
      {"mean_squared_error", mean_loss([](double t, double p) { return (p - t) * (p - t); })},
      {"mean_absolute_error", mean_loss([](double t, double p) { return std::fabs(p - t); })},
      {"huber", huber},
      {"smooth_l1", smooth_l1},
      {"kl_divergence",
       [](const Sample& sample, std::span<const Plain> x) {
         const bool logits = argument(sample, "from_logits", 0) != 0;
         return for_each_sample(x[0], logits ? softmax(sample, x.subspan(1)) : x[1], divergence);
       }},
      {"hinge", mean_loss([](double t, double p) { return std::fmax(0, 1 - t * p); })},
      {"squared_hinge", mean_loss([](double t, double p) { return std::pow(std::fmax(0, 1 - t * p), 2); })},
      {"categorical_hinge",
       [](const Sample&, std::span<const Plain> x) { return for_each_sample(x[0], x[1], categorical_hinge); }},
      {"cosine_similarity",
       [](const Sample&, std::span<const Plain> x) { return for_each_sample(x[0], x[1], negative_cosine); }},
      {"poisson", mean_loss([](double t, double p) { return p - t * std::log(p + 1e-7); })},
      {"poisson_nll", poisson_nll},
      {"gaussian_nll", gaussian_nll},
      {"triplet", triplet},
  };
}

}  // namespace xgrad::test
