#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dropout.hpp>
#include <xgrad/ops/dropout.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor Dropout::call(const Tensor& x, LayerContext& context) const {
  if (!(rate >= 0 && rate < 1)) {
    throw ValueError(
        fmt::format("{}: expected a rate of 0 or more and below 1, but got {}; it is the fraction that is dropped",
                    context.layer_name(), rate));
  }
  if (!context.training() || rate == 0) return x;
  const auto counter = context.counter("draws");
  context.update(counter, add(counter, scalar(1, DType::int64)));
  return dropout(x, rate, counter, context.seed(seed));
}

}  // namespace xgrad
