#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/logsumexp.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/where.hpp>

#include <limits>

namespace xgrad {

Tensor below_largest(const Tensor& x, const Tensor& largest) {
  static const auto op = elementwise<2, FloatingTypes>(
      "below_largest",
      [](const auto& x, const auto& largest) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        return xt::where(xt::equal(largest, number(x, -infinity)), x,
                         xt::where(xt::equal(x, largest), number(x, 0), x - largest));
      },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent(); }, [](const Vjp& at) { return -at.cotangent(); }},
          .cost = 2,
      });
  return apply(op, {x, largest});
}

Tensor logsumexp(const Tensor& x, const Axes& axes, bool keepdims) {
  expect_floating("logsumexp", x.dtype());
  nonempty_axes("logsumexp", x, axes);
  // Any shift gives the same value and gradient; the largest element keeps the sum in range.
  const auto largest = stop_gradient(max(x, axes, true));
  const auto total = sum(exp(below_largest(x, largest)), axes, true);
  // Where all elements are minus infinity, so is the result, and it has no slope.
  const auto result = log(where(equal(total, 0), ones_like(total), total)) + largest;
  return keepdims ? result : squeeze(result, axes);
}

static const Register registered_logsumexp{{
    .name = "logsumexp",
    .family = OperatorFamily::reduction,
    .signature = "logsumexp(x, axes = all, keepdims = false)",
    .summary = "Logarithm of the sum of exponentials over axes, without overflow.",
    .formula = "log(sum(e^x)) = m + log(sum(e^(x - m))) with m = max(x)",
    .gradient = "c * softmax(x); elements of inf share it evenly, and where all are -inf it is 0",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
