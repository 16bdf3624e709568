#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/recurrence.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/running.hpp>
#include <xgrad/framework/core/scan.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/logcumsumexp.hpp>
#include <xgrad/ops/logsumexp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/shift.hpp>

#include <cmath>

namespace xgrad {
namespace {

/// The logarithm of a running sum of exponentials: one of them, which is among the largest so far, and what the others
/// are in units of it.
class RunningLogSum {
 public:
  RunningLogSum() = default;
  explicit RunningLogSum(double first) : largest_(first), others_(0) {}

  void add(double x) {
    if (x == -INFINITY || (x == largest_ && x == INFINITY)) return;  // infinities of one sign have no difference
    if (largest_ == -INFINITY) {
      *this = RunningLogSum(x);
    } else if (x - largest_ <= reach) {
      others_.add(elementary::exp(x - largest_));
    } else {
      others_.add(1);
      others_.multiply(elementary::exp(largest_ - x));
      largest_ = x;
    }
  }

  double value() const { return largest_ + elementary::log1p(others_.value()); }

 private:
  // A larger element becomes the unit only when it is so much larger: what was rounded when the unit changed fades at
  // once, while it would pile up where every element is a little larger than the one before.
  static constexpr double reach = 0.5;

  double largest_;
  Running<double> others_;
};

Tensor fading_sum(const Tensor& exponents, const Tensor& terms, std::size_t axis, bool reverse);

/// y[t] = e^exponents[t] * y[t - 1] + terms[t]: a linear recurrence whose factors are never rounded to float32. Many
/// that are little less than 1 would otherwise be off in the same direction.
class FadingSum final : public Op {
 public:
  FadingSum(std::size_t axis, bool reverse) : axis_(axis), reverse_(reverse) {}

  std::string_view name() const override { return "fading_sum"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}, {"reverse", reverse_}}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        const T* exponents = arguments.inputs[0].as<T>();
        run_recurrence(arguments.outputs[0], axis_, reverse_, arguments.inputs[1].as<T>(),
                       [=](auto i) { return elementary::exp(static_cast<double>(exponents[i])); });
      }
    });
  }

  // The cotangents run through the same recurrence the other way.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto axis = static_cast<std::int64_t>(axis_);
    const auto forwards = reverse_ ? -1 : 1;
    const auto terms = fading_sum(shift(at.input(0), -forwards, axis), at.cotangent(), axis_, !reverse_);
    return index == 1 ? terms : multiply_nonzeros(terms * exp(at.input(0)), shift(at.output(), forwards, axis));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0, 0});
  }

  double cost(std::span<const Extents>) const override { return 30; }

 private:
  std::size_t axis_;
  bool reverse_;
};

Tensor fading_sum(const Tensor& exponents, const Tensor& terms, std::size_t axis, bool reverse) {
  return apply(std::make_shared<const FadingSum>(axis, reverse), {exponents, terms});
}

class Logcumsumexp final : public Op {
 public:
  explicit Logcumsumexp(std::size_t axis) : axis_(axis) {}

  std::string_view name() const override { return "logcumsumexp"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_floating(name(), inputs[0].dtype);
    return {inputs[0]};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        const T* x = arguments.inputs[0].as<T>();
        scan(
            {arguments.outputs[0].shape, axis_}, false, arguments.outputs[0].as<T>(),
            [=](auto i) { return RunningLogSum(x[i]); },
            [=](auto i, RunningLogSum sum, auto) { return sum.add(x[i]), sum; },
            [](const RunningLogSum& sum) { return static_cast<T>(sum.value()); });
      }
    });
  }

  // The sum over t >= i of c[t] * e^(x[i] - y[t]), as e^(x[i] - y[i]) times a recurrence whose factors are
  // e^(y[t] - y[t + 1]): y never falls, so no exponential exceeds 1.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto axis = static_cast<std::int64_t>(axis_);
    const auto growth = below_largest(shift(at.output(), 1, axis, -INFINITY), at.output());
    const auto weighted = fading_sum(shift(growth, -1, axis), at.cotangent(), axis_, true);
    return exp(below_largest(at.input(), at.output())) * weighted;
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents>) const override { return 50; }

 private:
  std::size_t axis_;
};

}  // namespace

Tensor logcumsumexp(const Tensor& x, std::int64_t axis) {
  return apply(std::make_shared<const Logcumsumexp>(normalize_axis("logcumsumexp", axis, x.rank())), {x});
}

static const Register registered_logcumsumexp{{
    .name = "logcumsumexp",
    .family = OperatorFamily::reduction,
    .signature = "logcumsumexp(x, axis)",
    .summary = "Logarithms of the running sums of exponentials along an axis, without overflow.",
    .formula = "y[t] = log(e^y[t - 1] + e^x[t])",
    .gradient = "e^(x[t] - y[t]) * g[t] with g[t] = e^(y[t] - y[t + 1]) * g[t + 1] + c[t], where equal infinities "
                "differ by 0",
    .shapes = "x of one axis or more: the shape of x",
}};

}  // namespace xgrad
