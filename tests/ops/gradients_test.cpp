#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>

#include "battery.hpp"

using namespace xgrad;
using namespace xgrad::test;

namespace {

/// The derivatives of the sum of a sample's elements with respect to its floating-point inputs.
std::vector<Array> derivatives(const Sample& sample, DType dtype) {
  const auto inputs = constants(sample, dtype);
  std::vector<Tensor> xs;
  for (const auto& input : inputs) {
    if (is_floating(input.dtype())) xs.push_back(input);
  }
  const Tensor output = sample.build(inputs);
  const Tensor ones = ones_like(output);
  return compile({}, vjp({&output, 1}, {&ones, 1}, xs))();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operator_gradients)

BOOST_AUTO_TEST_CASE(agree_with_central_differences_at_order_1_and_2) {
  std::size_t checked = 0;
  for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
    if (!is_differentiable(sample)) return;
    const GradientCheckOptions options{.tolerance = entry.tolerance.relative};
    BOOST_CHECK_NO_THROW(checked += check_gradients(sample.build, sample.inputs, options).derivatives);
  });
  BOOST_TEST(checked > 2000);
}

BOOST_AUTO_TEST_CASE(of_float32_agree_with_float64) {
  for_each_sample([](const OperatorEntry&, const Sample& sample) {
    if (!is_differentiable(sample)) return;
    const auto expected = derivatives(sample, DType::float64);
    const auto received = derivatives(sample, DType::float32);
    for (std::size_t i = 0; i < expected.size(); ++i) check_close(received[i], Plain(expected[i]), 1e-5, true);
  });
}

BOOST_AUTO_TEST_SUITE_END()
