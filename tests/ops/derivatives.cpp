#include "derivatives.hpp"

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/sum.hpp>

#include "reference.hpp"

namespace xgrad::test {

std::vector<double> elements(const Array& array) { return Plain(array).values; }

Derivatives derivatives(const std::function<Tensor(const Tensor&)>& function, const Array& x) {
  const Tensor at = constant(x);
  const Tensor value = function(at);
  const Tensor first = gradients(sum(value), {at})[0];
  const auto results = compile({}, {value, first, gradients(sum(square(first)), {at}, Unconnected::zeros)[0]})();
  return {elements(results[0]), elements(results[1]), elements(results[2])};
}

}  // namespace xgrad::test
