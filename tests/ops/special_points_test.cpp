// Kinks, ties and the ends of ranges, as the operators' own files state them.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "at_point.hpp"
#include "battery.hpp"
#include "derivatives.hpp"
#include <algorithm>
#include <cmath>
#include <limits>

using namespace xgrad;
using namespace xgrad::test;

namespace {

bool agrees(double received, double expected, DType dtype) {
  if (std::isnan(expected)) return std::isnan(received);
  if (dtype == DType::float32) expected = static_cast<float>(expected);
  if (received == expected) return true;
  const double tolerance = dtype == DType::float32 ? 2e-6 : 1e-13;
  return std::abs(received - expected) <= tolerance * std::abs(expected);
}

void check_agree(std::string_view what, const std::vector<double>& received, const std::vector<double>& expected,
                 DType dtype) {
  const bool same = std::equal(received.begin(), received.end(), expected.begin(), expected.end(),
                               [=](double left, double right) { return agrees(left, right, dtype); });
  BOOST_TEST(same, fmt::format("{} {}, expected {}", what, fmt::join(received, ", "), fmt::join(expected, ", ")));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(special_points)

BOOST_AUTO_TEST_CASE(have_the_values_and_derivatives_that_are_promised) {
  for (const auto& registered : registered_operators()) {
    const auto& entry = registered.entry;
    if (entry.points.empty()) continue;
    const auto samples = entry.samples();
    for (const auto& point : entry.points) {
      BOOST_TEST_REQUIRE(point.inputs.size() == samples.front().inputs.size());
      for (auto dtype : {DType::float64, DType::float32}) {
        BOOST_TEST_CONTEXT(fmt::format("{}({}) in {}", entry.name, fmt::join(point.inputs, ", "), to_string(dtype))) {
          const auto at = at_point(samples.front().build, point.inputs, dtype);
          BOOST_TEST(agrees(at.value, point.value, dtype), "value " << at.value << ", expected " << point.value);
          BOOST_TEST(agrees(at.first, point.derivative, dtype),
                     "derivative " << at.first << ", expected " << point.derivative);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(of_arrays_have_the_values_and_gradients_that_are_promised) {
  for (const auto& [entry, file] : registered_operators()) {
    const auto cases = entry.cases ? entry.cases() : std::vector<SpecialCase>();
    for (std::size_t number = 0; number < cases.size(); ++number) {
      const auto& special = cases[number];
      for (auto dtype : {DType::float64, DType::float32}) {
        BOOST_TEST_CONTEXT(fmt::format("{}, case {}, in {}", entry.name, number, to_string(dtype))) {
          const auto inputs = constants({{}, special.inputs, {}}, dtype);
          const Tensor result = (special.build ? special.build : entry.samples().front().build)(inputs);
          check_agree("value", elements(eval(result)), special.value, dtype);
          if (special.gradient.empty()) continue;
          const auto input = entry.family == OperatorFamily::loss ? 1 : 0;
          const auto gradient = gradients(sum(result), {inputs[input]}, Unconnected::zeros)[0];
          check_agree("gradient", elements(eval(gradient)), special.gradient, dtype);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
