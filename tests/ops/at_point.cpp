#include "at_point.hpp"

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace xgrad::test {
namespace {

double common_element(const Array& array) {
  const Array elements = array.cast(DType::float64);
  const auto values = elements.data<double>();
  const double first = values.front();
  BOOST_TEST(std::all_of(values.begin(), values.end(),
                         [=](double value) { return value == first || (std::isnan(value) && std::isnan(first)); }));
  return first;
}

}  // namespace

AtPoint at_point(const PointFunction& function, const std::vector<double>& point, DType dtype) {
  std::vector<Tensor> arguments;
  for (double number : point) {
    Array elements(DType::float64, {67});
    std::fill_n(elements.data<double>().data(), elements.size(), number);
    arguments.push_back(constant(elements.cast(dtype)));
  }
  const Tensor value = function(arguments);
  const Tensor first = gradients(sum(value), {arguments[0]})[0];
  const Tensor second = gradients(sum(first), {arguments[0]})[0];
  const auto results = compile({}, {value, first, second})();
  return {common_element(results[0]), common_element(results[1]), common_element(results[2])};
}

}  // namespace xgrad::test
