#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>

namespace xgrad {
namespace {

/// True when each value of `narrow` is one of `wide`.
bool holds_all(DType wide, DType narrow) {
  return visit(wide, [&]<class Wide>() {
    return visit(narrow, [&]<class Narrow>() {
      using WideLimits = std::numeric_limits<Wide>;
      using NarrowLimits = std::numeric_limits<Narrow>;
      return WideLimits::digits >= NarrowLimits::digits && WideLimits::max_exponent >= NarrowLimits::max_exponent &&
             WideLimits::is_integer <= NarrowLimits::is_integer && WideLimits::is_signed >= NarrowLimits::is_signed;
    });
  });
}

class Cast final : public Elementwise {
 public:
  explicit Cast(DType dtype) : dtype_(dtype) {}

  std::string_view name() const override { return "cast"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"dtype", dtype_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{dtype_, inputs[0].shape}};
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return cast(at.cotangent(), at.input().dtype());
  }

  // A cast to a dtype that holds every value, and back.
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    if (inputs[0].dtype() == dtype_) return inputs[0];
    if (!dynamic_cast<const Cast*>(&inputs[0].node().op())) return std::nullopt;
    const auto& origin = inputs[0].node().inputs()[0];
    const bool same = origin.dtype() == dtype_ && holds_all(inputs[0].dtype(), dtype_);
    return same ? std::optional(origin) : std::nullopt;
  }

  Kernel kernel(std::span<const DType> inputs) const override {
    return visit(inputs[0], [&]<class From>() {
      return visit(dtype_, []<class To>() -> Kernel {
        return [](const std::byte* const* inputs, std::byte* const* outputs, std::size_t count) {
          // The compiler makes vectors of bytes, not of booleans.
          using Operand = std::conditional_t<std::is_same_v<From, bool>, std::uint8_t, From>;
          const auto* x = reinterpret_cast<const Operand*>(inputs[0]);
          std::transform(x, x + count, reinterpret_cast<To*>(outputs[0]),
                         [](Operand value) { return static_cast<To>(value); });
        };
      });
    });
  }

 private:
  DType dtype_;
};

/// A scalar constant that the caller cannot name, so that all equal ones can be one node: a graph has a 2 or a 1 in it
/// for each square and each difference, and what is one node from the start needs no search for what is equal. The
/// latest numbers of a thread are kept.
Tensor literal(Number number, DType dtype) {
  struct Literal {
    std::uint64_t bits;
    DType dtype;
    Tensor tensor;
  };
  thread_local std::array<std::optional<Literal>, 32> kept;
  const auto bits = visit(dtype, [&]<class T>() {
    const T value = number.as<T>();
    if constexpr (std::is_floating_point_v<T>) return std::bit_cast<std::uint64_t>(double{value});
    return static_cast<std::uint64_t>(value);
  });
  auto& known = kept[((bits ^ static_cast<std::uint64_t>(dtype)) * 0x9E3779B97F4A7C15u) >> 59];
  if (!known || known->bits != bits || known->dtype != dtype) known = Literal{bits, dtype, scalar(number, dtype)};
  return known->tensor;
}

}  // namespace

Tensor cast(const Tensor& x, DType dtype) {
  return x.dtype() == dtype ? x : apply(std::make_shared<const Cast>(dtype), {x});
}

Tensor widened(const Tensor& x) {
  return is_floating(x.dtype()) || x.dtype() == DType::int64 ? x : cast(x, DType::int64);
}

Tensor number_like(std::string_view where, Number number, const Tensor& like) {
  if (!number.fits(like.dtype())) {
    throw DTypeError(
        fmt::format("{}: the number {} does not fit {}, the dtype of the tensor beside it; cast the tensor, "
                    "for example cast(x, DType::float32)",
                    where, number.to_string(), to_string(like.dtype())));
  }
  return literal(number, like.dtype());
}

void expect_floating(std::string_view where, DType dtype) {
  if (is_floating(dtype)) return;
  throw DTypeError(fmt::format("{}: expected float32 or float64, but got {}; cast the input, cast(x, DType::float32)",
                               where, to_string(dtype)));
}

static const Register registered_cast{{
    .name = "cast",
    .family = OperatorFamily::unary,
    .signature = "cast(x, dtype)",
    .summary = "x as another dtype, converted as C++ converts numbers.",
    .formula = "x",
    .gradient = "c as the dtype of x between floating-point dtypes, else none",
}};

}  // namespace xgrad
