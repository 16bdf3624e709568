#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/random_uniform.hpp>

#include <fmt/format.h>

#include <type_traits>

namespace xgrad {
namespace {

class RandomUniform final : public Op {
 public:
  RandomUniform(Shape shape, std::uint64_t seed, DType dtype) : shape_(std::move(shape)), seed_(seed), dtype_(dtype) {}

  std::string_view name() const override { return "random_uniform"; }
  std::optional<Attributes> attributes() const override {
    return Attributes{{"shape", shape_}, {"seed", seed_}, {"dtype", dtype_}};
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_counter("random_uniform", inputs[0]);
    if (!is_floating(dtype_)) {
      throw DTypeError(fmt::format("random_uniform: expected dtype float32 or float64, but got {}", to_string(dtype_)));
    }
    return {{dtype_, shape_}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& output = arguments.outputs[0];
    const auto count = element_count(output.shape);
    if (count == 0) return;
    const RandomKey key{.seed = seed_, .stream = static_cast<std::uint64_t>(*arguments.inputs[0].as<std::int64_t>())};
    const auto row = output.shape.empty() ? 1 : count / output.shape[0];
    const auto first = static_cast<std::uint64_t>(arguments.first_row * row);
    visit(output.dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        fill_uniform(key, first, std::span<T>(output.as<T>(), static_cast<std::size_t>(count)));
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp&, std::size_t) const override { return std::nullopt; }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return shape_.rank() == 0 ? std::nullopt : std::optional(std::vector{whole});
  }

  double cost(std::span<const Extents>) const override { return 10; }

 private:
  Shape shape_;
  std::uint64_t seed_;
  DType dtype_;
};

const Register registration{{
    .name = "random_uniform",
    .family = OperatorFamily::random,
    .signature = "random_uniform(counter, shape, seed, dtype = float32)",
    .summary = "Numbers uniform in [0, 1) that depend on the seed and the counter alone.",
    .formula = "y[i] = element i of stream `counter` of Philox4x32-10 with key `seed`",
    .gradient = "none: the result does not vary with the counter",
    .shapes = "counter (): the shape asked for",
}};

}  // namespace

void expect_counter(std::string_view where, const TensorType& counter) {
  if (counter.shape.rank() != 0) {
    throw ShapeError(
        fmt::format("{}: expected the counter to be a scalar, but got shape {}", where, counter.shape.to_string()));
  }
  if (counter.dtype != DType::int64) {
    throw DTypeError(fmt::format("{}: expected the counter to be int64, but got {}; use cast(counter, DType::int64)",
                                 where, to_string(counter.dtype)));
  }
}

Tensor random_uniform(const Tensor& counter, Shape shape, std::uint64_t seed, DType dtype) {
  return apply(std::make_shared<const RandomUniform>(std::move(shape), seed, dtype), {counter});
}

}  // namespace xgrad
