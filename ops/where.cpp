#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/selection.hpp>
#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/independent_loop.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

#include <bit>
#include <type_traits>

namespace xgrad {
namespace {

template <std::size_t bytes>
using UnsignedOfSize =
    std::conditional_t<bytes == 1, std::uint8_t, std::conditional_t<bytes == 4, std::uint32_t, std::uint64_t>>;

class Where final : public Elementwise, public Selection {
 public:
  std::string_view name() const override { return "where"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const TensorType& condition = inputs[0];
    const TensorType& x = inputs[1];
    const TensorType& y = inputs[2];
    if (condition.dtype != DType::boolean) {
      throw DTypeError(
          fmt::format("where: expected a bool condition, but got {}; compare it, for example greater(x, 0)",
                      to_string(condition.dtype)));
    }
    if (x.dtype != y.dtype) {
      throw DTypeError(fmt::format("where: expected x and y of one dtype, but got {} and {}; cast one of them",
                                   to_string(x.dtype), to_string(y.dtype)));
    }
    return {{x.dtype, broadcast("where", condition.shape, broadcast("where", x.shape, y.shape))}};
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto zeros = zeros_like(at.cotangent());
    return index == 1 ? where(at.input(0), at.cotangent(), zeros) : where(at.input(0), zeros, at.cotangent());
  }

  std::optional<Tensor> chosen_alike(std::span<const Tensor> inputs, const Tensor& tensor) const override {
    const auto zeros = zeros_like(tensor);
    if (is_constant_zero(inputs[2])) return where(inputs[0], tensor, zeros);
    if (is_constant_zero(inputs[1])) return where(inputs[0], zeros, tensor);
    return std::nullopt;
  }

  bool is_same_choice(std::span<const Tensor> inputs, std::span<const Tensor> others) const override {
    return inputs[0] == others[0] && (is_constant_zero(inputs[1])) == (is_constant_zero(others[1])) &&
           (is_constant_zero(inputs[2])) == (is_constant_zero(others[2]));
  }

  // GCC 12 takes conditions that are booleans in memory one by one; bytes it widens to masks, a vector at a time.
  Kernel kernel(std::span<const DType> inputs) const override {
    return visit(inputs[1], []<class Type>() -> Kernel {
      return [](const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
        using T = std::conditional_t<std::is_same_v<Type, bool>, std::uint8_t, Type>;
        using Bits = UnsignedOfSize<sizeof(T)>;
        const auto* condition = reinterpret_cast<const std::uint8_t*>(inputs[0]);
        const auto* x = reinterpret_cast<const T*>(inputs[1]);
        const auto* y = reinterpret_cast<const T*>(inputs[2]);
        auto* result = reinterpret_cast<T*>(outputs[0]);
        // The result may lie where an operand lies, never beside it.
        independent_loop(
            count, [&](std::size_t i) __attribute__((always_inline)) {
              const Bits mask = condition[i] != 0 ? static_cast<Bits>(~Bits{0}) : Bits{0};
              const auto bits = (std::bit_cast<Bits>(x[i]) & mask) | (std::bit_cast<Bits>(y[i]) & ~mask);
              result[i] = std::bit_cast<T>(static_cast<Bits>(bits));
            });
      };
    });
  }
};

}  // namespace

Tensor where(const Tensor& condition, const Tensor& x, const Tensor& y) {
  static const auto op = std::make_shared<const Where>();
  return apply(op, {condition, x, y});
}

static const Register registered_where{{
    .name = "where",
    .family = OperatorFamily::binary,
    .signature = "where(condition, x, y)",
    .summary = "x where the condition holds, else y, element by element, with broadcasting.",
    .formula = "x if condition else y",
    .gradient =
        "c where the condition holds for x, c elsewhere for y, 0 otherwise; still 0 behind elementwise operators "
        "that x or y come from, whatever their slopes are there",
}};

}  // namespace xgrad
