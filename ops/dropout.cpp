#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/dropout.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/random_uniform.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// Which elements are not dropped.
Tensor kept(std::string_view name, const Tensor& counter, Shape shape, double rate, std::uint64_t seed, DType dtype) {
  expect_counter(name, counter.type());
  expect_floating(name, dtype);
  if (!(rate >= 0 && rate < 1)) {
    throw ValueError(fmt::format("{}: expected a rate of 0 or more and below 1, but got {}", name, rate));
  }
  // Of float32 numbers for both dtypes: they drop the same elements.
  return greater_equal(random_uniform(counter, std::move(shape), seed), rate);
}

}  // namespace

Tensor dropout(const Tensor& x, double rate, const Tensor& counter, std::uint64_t seed) {
  const auto is_kept = kept("dropout", counter, x.shape(), rate, seed, x.dtype());
  return where(is_kept, x, scalar(0, x.dtype())) * (1 / (1 - rate));
}

Tensor dropout_mask(const Tensor& counter, Shape shape, double rate, std::uint64_t seed, DType dtype) {
  return where(kept("dropout_mask", counter, std::move(shape), rate, seed, dtype), scalar(1 / (1 - rate), dtype),
               scalar(0, dtype));
}

static const Register registered_dropout{{
    .name = "dropout",
    .family = OperatorFamily::random,
    .signature = "dropout(x, rate, counter, seed)",
    .summary = "Elements set to 0 at random, the others scaled so that the expected value stays.",
    .formula = "x / (1 - rate) where u >= rate, else 0, u from random_uniform",
    .gradient = "c / (1 - rate) where u >= rate, else 0",
    .shapes = "x of any shape, counter (): the shape of x",
}};

static const Register registered_dropout_mask{{
    .name = "dropout_mask",
    .family = OperatorFamily::random,
    .signature = "dropout_mask(counter, shape, rate, seed, dtype = float32)",
    .summary = "What dropout multiplies finite elements by.",
    .formula = "1 / (1 - rate) where u >= rate, else 0, u from random_uniform",
    .gradient = "none: the result does not vary with the counter",
    .shapes = "counter (): the shape asked for",
}};

}  // namespace xgrad
