#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "suite.hpp"
#include <cmath>
#include <memory>
#include <numbers>

namespace xgrad::benchmark {

namespace {

/// A value, what it is differentiated by, and arguments to call it with.
struct Objective {
  std::vector<Tensor> inputs;
  Tensor value;
  std::vector<Tensor> parameters;
  std::vector<Array> arguments;
};

Tensor make_parameter(Extents shape, double limit, DType dtype = DType::float32) {
  static int variant = 0;
  return parameter(sample_values(std::move(shape), -limit, limit, ++variant).cast(dtype));
}

Objective mlp(std::int64_t units, std::int64_t rows) {
  const auto x = input({batch, 784}, "x");
  const auto y = input({batch, 10}, "y");
  std::vector<Tensor> parameters;
  auto values = x;
  for (const auto& [from, to] : {std::pair<std::int64_t, std::int64_t>{784, units}, {units, units}, {units, 10}}) {
    if (from != 784) values = relu(values);
    parameters.push_back(make_parameter({from, to}, 0.1));
    parameters.push_back(make_parameter({to}, 0.1));
    values = dot(values, parameters[parameters.size() - 2]) + parameters.back();
  }
  return {
      {x, y},
      mean(categorical_crossentropy(y, softmax(values))),
      parameters,
      {sample_values({rows, 784}, 0, 1).cast(DType::float32), sample_values({rows, 10}, 0, 0.2).cast(DType::float32)}};
}

/// A cell with matrices of its own for each gate, unrolled. Source: Hochreiter and Schmidhuber, "Long short-term
/// memory", 1997, with the forget gate of Gers et al., 2000.
Objective lstm(std::int64_t units, std::int64_t rows, int steps) {
  struct Gate {
    Tensor of_input, of_state, bias;
  };
  std::vector<Tensor> parameters;
  const auto make_gate = [&] {
    const Gate gate{make_parameter({units, units}, 0.1), make_parameter({units, units}, 0.1),
                    make_parameter({units}, 0.1)};
    parameters.insert(parameters.end(), {gate.of_input, gate.of_state, gate.bias});
    return gate;
  };
  const Gate forget = make_gate();
  const Gate enter = make_gate();
  const Gate leave = make_gate();
  const Gate candidate = make_gate();
  std::vector<Tensor> inputs;
  std::vector<Array> arguments;
  auto state = constant(xt::xarray<float>(xt::zeros<float>({rows, units})));
  auto cell = state;
  for (int step = 0; step < steps; ++step) {
    const auto x = inputs.emplace_back(input({rows, units}));
    arguments.push_back(sample_values({rows, units}, -1, 1, step).cast(DType::float32));
    const auto sum = [&](const Gate& gate) { return dot(x, gate.of_input) + dot(state, gate.of_state) + gate.bias; };
    cell = sigmoid(sum(forget)) * cell + sigmoid(sum(enter)) * tanh(sum(candidate));
    state = sigmoid(sum(leave)) * tanh(cell);
  }
  return {inputs, mean(square(state)), parameters, arguments};
}

/// Log-likelihood of a Gaussian mixture with a Wishart prior (gamma 1, m 0), each precision given by the logarithms of
/// the diagonal and the rest of a triangular factor Q. Source: Srajer, Kukelova and Fitzgibbon, "A benchmark of
/// selected algorithmic differentiation tools on some problems in computer vision and machine learning", 2018.
Objective gaussian_mixture(std::int64_t dimensions, std::int64_t components, std::int64_t points) {
  const DType dtype = DType::float64;
  const auto x = input({batch, dimensions}, "x", dtype);
  const auto weights = make_parameter({components}, 1, dtype);
  const auto centers = make_parameter({components, 1, dimensions}, 1, dtype);
  const auto log_diagonals = make_parameter({components, dimensions}, 0.5, dtype);
  const auto factors = make_parameter({components, dimensions, dimensions}, 0.5, dtype);

  const auto size = static_cast<std::size_t>(dimensions);
  const auto identity = constant(xt::xarray<double>(xt::eye<double>(size)));
  const auto below = constant(xt::xarray<double>(xt::tril(xt::xarray<double>(xt::ones<double>({size, size})), -1)));
  const auto lower = factors * below;
  const auto diagonals = exp(log_diagonals);
  const auto q = lower + reshape(diagonals, {components, dimensions, 1}) * identity;

  // Q (x - center) = Q x - Q center: one product of matrices for all points and components.
  const auto projected = dot(x, transpose(reshape(q, {components * dimensions, dimensions})));
  const auto projected_centers = reshape(sum(q * centers, 2), {components * dimensions});
  const auto distances = sum(square(reshape(projected - projected_centers, {batch, components, dimensions})), 2);
  const auto log_terms = weights + sum(log_diagonals, 1) - 0.5 * distances;
  const auto count = dim_size(batch, dtype);
  const auto prior = 0.5 * (sum(square(diagonals)) + sum(square(lower)));
  const double log_normalizer = 0.5 * static_cast<double>(dimensions) * std::log(2 * std::numbers::pi);
  const auto value = sum(logsumexp(log_terms, 1)) - count * (logsumexp(weights) + log_normalizer) + prior;
  return {{x}, value, {weights, centers, log_diagonals, factors}, {sample_values({points, dimensions})}};
}

System timed(std::string name, const Objective& objective, const std::vector<Tensor>& outputs, int repeats) {
  const auto function = std::make_shared<Function>(compile(objective.inputs, outputs));
  const std::vector<ArrayRef> arguments(objective.arguments.begin(), objective.arguments.end());
  const auto results = std::make_shared<std::vector<Array>>((*function)(std::span(arguments)));
  return {std::move(name), [function, results, repeats, kept = objective.arguments] {
            const std::vector<ArrayRef> references(kept.begin(), kept.end());
            return seconds([&] {
                     for (int repeat = 0; repeat < repeats; ++repeat) function->run(references, *results);
                   }) /
                   repeats;
          }};
}

Workload gradient_over_function(std::string name, int repeats, std::function<Objective()> make) {
  return {std::move(name), "call", [=](int) {
            const auto objective = make();
            std::vector<Tensor> outputs{objective.value};
            for (const auto& gradient : gradients(objective.value, objective.parameters)) outputs.push_back(gradient);
            return std::vector<System>{timed("value and gradients", objective, outputs, repeats),
                                       timed("value", objective, {objective.value}, repeats)};
          }};
}

}  // namespace

std::vector<Workload> gradient_workloads(const SuiteOptions& options) {
  if (options.quick) {
    return {gradient_over_function("gradient of an MLP", 1, [] { return mlp(8, 4); }),
            gradient_over_function("gradient of an LSTM", 1, [] { return lstm(4, 2, 3); }),
            gradient_over_function("gradient of a Gaussian mixture", 1, [] { return gaussian_mixture(3, 4, 20); })};
  }
  return {gradient_over_function("gradient of an MLP (784-512-512-10, 128)", 100, [] { return mlp(512, 128); }),
          gradient_over_function("gradient of an LSTM (128 units, 32 steps, 32)", 20, [] { return lstm(128, 32, 32); }),
          gradient_over_function("gradient of a Gaussian mixture (d 10, K 25, n 10000)", 10,
                                 [] { return gaussian_mixture(10, 25, 10'000); })};
}

}  // namespace xgrad::benchmark
