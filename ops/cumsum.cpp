#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/running.hpp>
#include <xgrad/framework/core/scan.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/cumsum.hpp>
#include <xgrad/ops/linear_recurrence.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/shift.hpp>

namespace xgrad {
namespace {

/// What cumsum and cumprod share: `Take` takes one element after the other into a running number.
template <class Take>
class Cumulative : public Op {
 public:
  Cumulative(std::size_t axis, bool reverse) : axis_(static_cast<std::int64_t>(axis)), reverse_(reverse) {}

  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}, {"reverse", reverse_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (!std::is_same_v<T, bool>) {
        const T* x = arguments.inputs[0].as<T>();
        scan(
            {arguments.outputs[0].shape, static_cast<std::size_t>(axis_)}, reverse_, arguments.outputs[0].as<T>(),
            [=](auto i) { return Running<T>(x[i]); },
            [=](auto i, Running<T> running, auto) { return Take()(running, x[i]), running; },
            [](const Running<T>& running) { return running.value(); });
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents>) const override { return 3; }
  double operations(std::span<const Extents>) const override { return 1; }

 protected:
  std::int64_t axis_;
  bool reverse_;
};

struct Add {
  template <class T>
  void operator()(Running<T>& running, T x) const {
    running.add(x);
  }
};

struct Multiply {
  template <class T>
  void operator()(Running<T>& running, T x) const {
    running.multiply(x);
  }
};

class Cumsum final : public Cumulative<Add> {
 public:
  using Cumulative::Cumulative;
  std::string_view name() const override { return "cumsum"; }
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return cumsum(at.cotangent(), axis_, !reverse_);
  }
};

class Cumprod final : public Cumulative<Multiply> {
 public:
  using Cumulative::Cumulative;
  std::string_view name() const override { return "cumprod"; }

  // As the recurrence y[t] = x[t] * y[t - 1]: nothing is divided by what may be 0.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto forwards = reverse_ ? -1 : 1;
    const auto factors = shift(at.input(), -forwards, axis_);
    return linear_recurrence(factors, at.cotangent(), axis_, !reverse_) * shift(at.output(), forwards, axis_, 1);
  }
};

}  // namespace

Tensor cumsum(const Tensor& x, std::int64_t axis, bool reverse) {
  return apply(std::make_shared<const Cumsum>(normalize_axis("cumsum", axis, x.rank()), reverse), {widened(x)});
}

Tensor cumprod(const Tensor& x, std::int64_t axis, bool reverse) {
  return apply(std::make_shared<const Cumprod>(normalize_axis("cumprod", axis, x.rank()), reverse), {widened(x)});
}

static const Register registered_cumsum{{
    .name = "cumsum",
    .family = OperatorFamily::reduction,
    .signature = "cumsum(x, axis, reverse = false)",
    .summary = "Running sums along an axis. Integers and booleans are added as int64.",
    .formula = "y[t] = y[t - 1] + x[t]; y[t + 1] instead with reverse",
    .gradient = "cumsum of c the other way",
    .shapes = "x of one axis or more: the shape of x",
}};
static const Register registered_cumprod{{
    .name = "cumprod",
    .family = OperatorFamily::reduction,
    .signature = "cumprod(x, axis, reverse = false)",
    .summary = "Running products along an axis. Integers and booleans are multiplied as int64.",
    .formula = "y[t] = y[t - 1] * x[t]; y[t + 1] instead with reverse",
    .gradient = "g[t] * y[t - 1] with g[t] = x[t + 1] * g[t + 1] + c[t]",
    .shapes = "x of one axis or more: the shape of x",
}};

}  // namespace xgrad
