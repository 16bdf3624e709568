#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/random_bernoulli.hpp>
#include <xgrad/ops/random_uniform.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor random_bernoulli(const Tensor& counter, Shape shape, double probability, std::uint64_t seed) {
  if (!(probability >= 0 && probability <= 1)) {
    throw ValueError(fmt::format("random_bernoulli: expected a probability from 0 to 1, but got {}", probability));
  }
  return random_bernoulli(counter, std::move(shape), scalar(probability), seed);
}

Tensor random_bernoulli(const Tensor& counter, Shape shape, const Tensor& probability, std::uint64_t seed) {
  expect_counter("random_bernoulli", counter.type());
  expect_floating("random_bernoulli", probability.dtype());
  if (!broadcasts_to(probability.shape(), shape)) {
    throw ShapeError(fmt::format("random_bernoulli: expected probabilities that broadcast to the shape {}, but got {}",
                                 shape.to_string(), probability.shape().to_string()));
  }
  return less(random_uniform(counter, std::move(shape), seed, probability.dtype()), probability);
}

static const Register registered_random_bernoulli{{
    .name = "random_bernoulli",
    .family = OperatorFamily::random,
    .signature = "random_bernoulli(counter, shape, probability, seed)",
    .summary = "Booleans that are true with a probability and depend on the seed and the counter alone.",
    .formula = "u < probability, u from random_uniform",
    .gradient = "none: the result is boolean",
    .shapes = "counter (), probability that broadcasts to the shape: the shape asked for",
}};

}  // namespace xgrad
