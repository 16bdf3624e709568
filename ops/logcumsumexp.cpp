#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/scan.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/axis_samples.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/linear_recurrence.hpp>
#include <xgrad/ops/logcumsumexp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/shift.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class T>
T log_add_exp(T a, T b) {
  if (a == b) return a + static_cast<T>(0.6931471805599453);  // infinities of one sign have no difference
  return std::max(a, b) + elementary::log1p(elementary::exp(-std::abs(a - b)));
}

class Logcumsumexp final : public Op {
 public:
  explicit Logcumsumexp(std::size_t axis) : axis_(axis) {}

  std::string_view name() const override { return "logcumsumexp"; }
  std::string attributes() const override { return fmt::format("axis={}", axis_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    expect_floating(name(), inputs[0].dtype);
    return {inputs[0]};
  }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        const T* x = arguments.inputs[0].as<T>();
        scan(
            {arguments.outputs[0].shape, axis_}, false, arguments.outputs[0].as<T>(), [=](auto i) { return x[i]; },
            [=](auto i, T before, auto) { return log_add_exp(before, x[i]); });
      }
    });
  }

  // The sum over t >= i of c[t] * e^(x[i] - y[t]), as e^(x[i] - y[i]) times a recurrence whose factors are
  // e^(y[t] - y[t + 1]): y never falls, so no exponential exceeds 1.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto axis = static_cast<std::int64_t>(axis_);
    const auto y = where(less(abs(at.output()), infinity), at.output(), zeros_like(at.output()));
    const auto growth = exp(shift(at.output(), 1, axis, -infinity) - y);
    const auto weighted = linear_recurrence(shift(growth, -1, axis), at.cotangent(), axis, true);
    return exp(at.input() - y) * weighted;
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
    .gradient = "e^(x[t] - y[t]) * g[t] with g[t] = e^(y[t] - y[t + 1]) * g[t + 1] + c[t]",
    .shapes = "x of one axis or more: the shape of x",
    .samples = [] { return axis_samples(logcumsumexp); },
    .rejections =
        [] {
          auto rejections = axis_rejections("logcumsumexp", logcumsumexp);
          rejections.push_back({"integer input", [] { logcumsumexp(input({3}, {}, DType::int32), 0); },
                                "logcumsumexp: expected float32 or float64, but got int32"});
          return rejections;
        },
}};

}  // namespace xgrad
