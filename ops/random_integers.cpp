#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/random_integers.hpp>
#include <xgrad/ops/random_uniform.hpp>

#include <fmt/format.h>

#include <array>
#include <numeric>
#include <utility>

namespace xgrad {
namespace {

class RandomPermutation final : public Op {
 public:
  RandomPermutation(const Dim& count, std::uint64_t seed) : count_(count), seed_(seed) {}

  std::string_view name() const override { return "random_permutation"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"count", count_}, {"seed", seed_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_counter(name(), inputs[0]);
    return {{DType::int64, {count_}}};
  }

  bool can_fail() const override { return false; }

  // Fisher and Yates' shuffle.
  void forward(const KernelArguments& arguments) const override {
    const auto& output = arguments.outputs[0];
    auto* order = output.as<std::int64_t>();
    const auto count = static_cast<std::uint64_t>(output.shape[0]);
    const RandomKey key{.seed = seed_, .stream = static_cast<std::uint64_t>(*arguments.inputs[0].as<std::int64_t>())};
    std::iota(order, order + count, 0);
    std::array<std::uint64_t, 256> bits;  // of the elements from a multiple of 256 on
    for (std::uint64_t left = count; left > 1; --left) {
      const auto index = left % bits.size();
      if (left == count || index + 1 == bits.size()) fill_bits(key, left - index, bits);
      std::swap(order[left - 1], order[bits[index] % left]);  // of 2^64: no order is preferred noticeably
    }
  }

  std::optional<Tensor> vjp(const Vjp&, std::size_t) const override { return std::nullopt; }
  double cost(std::span<const Extents>) const override { return 20; }

 private:
  Dim count_;
  std::uint64_t seed_;
};

}  // namespace

Tensor random_integers(const Tensor& counter, Shape shape, std::int64_t low, std::int64_t high, std::uint64_t seed,
                       DType dtype) {
  expect_counter("random_integers", counter.type());
  if (!is_integer(dtype)) {
    throw DTypeError(fmt::format("random_integers: expected an integer dtype, but got {}", to_string(dtype)));
  }
  const auto count = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  if (low >= high || count > std::uint64_t{1} << 53) {
    throw ValueError(fmt::format(
        "random_integers: expected low < high and at most 2^53 integers between them, but got {} and {}", low, high));
  }
  const auto like = input({}, {}, dtype);
  number_like("random_integers", low, like);
  number_like("random_integers", high - 1, like);
  // A uniform number below 1 has 53 digits: the product is below the count, also when it is rounded.
  const auto uniform = random_uniform(counter, std::move(shape), seed, DType::float64);
  return cast(cast(uniform * static_cast<double>(count), DType::int64) + constant(Array(low)), dtype);
}

Tensor random_permutation(const Tensor& counter, const Dim& count, std::uint64_t seed) {
  return apply(std::make_shared<const RandomPermutation>(count, seed), {counter});
}

static const Register registered_random_integers{{
    .name = "random_integers",
    .family = OperatorFamily::random,
    .signature = "random_integers(counter, shape, low, high, seed, dtype = int32)",
    .summary = "Integers uniform in [low, high) that depend on the seed and the counter alone.",
    .formula = "low + floor(u * (high - low)), u from random_uniform in float64",
    .gradient = "none: the result is integer",
    .shapes = "counter (): the shape asked for",
}};

static const Register registered_random_permutation{{
    .name = "random_permutation",
    .family = OperatorFamily::random,
    .signature = "random_permutation(counter, count, seed)",
    .summary = "The integers below a count in an order that depends on the seed and the counter alone.",
    .formula = "Fisher and Yates' shuffle of 0, 1, ... count - 1",
    .gradient = "none: the result is integer",
    .shapes = "counter (): (count,)",
}};

}  // namespace xgrad
