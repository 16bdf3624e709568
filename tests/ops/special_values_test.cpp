// Elementwise operators where rounding, overflow and underflow are near.

#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "at_point.hpp"
#include "battery.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace xgrad;
using namespace xgrad::test;

namespace {

/// Calls `check` with every operator that is made for one or two tensors of any numbers, and its first sample.
void for_each_elementwise(const std::function<void(const OperatorEntry&, const Sample&)>& check) {
  for (const auto& [entry, file] : registered_operators()) {
    if (entry.family != OperatorFamily::unary && entry.family != OperatorFamily::activation &&
        entry.family != OperatorFamily::binary) {
      continue;
    }
    const auto sample = entry.samples().front();
    if (!entry.shapes.empty()) continue;  // not element by element
    const bool all_floating = std::all_of(sample.inputs.begin(), sample.inputs.end(),
                                          [](const Array& array) { return is_floating(array.dtype()); });
    if (all_floating && sample.inputs.size() <= 2) check(entry, sample);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(special_values)

BOOST_AUTO_TEST_CASE(give_what_plain_loops_give_wherever_that_is_finite) {
  const xt::xarray<double> numbers{0, -0.0, 1e-300, -1e-300, 1e-8, -1e-8, 0.5, -0.5, 1, -1, 2, -3, 30, -30, 800, -800};
  for_each_elementwise([&](const OperatorEntry& entry, Sample sample) {
    const std::size_t count = numbers.size();
    const xt::xarray<double> left = xt::broadcast(xt::view(numbers, xt::all(), xt::newaxis()), {count, count});
    const xt::xarray<double> right = xt::broadcast(numbers, {count, count});
    if (sample.inputs[0].shape().size() != 2) return;
    sample.inputs[0] = left;
    if (sample.inputs.size() == 2) sample.inputs[1] = right;
    const std::vector<Plain> inputs(sample.inputs.begin(), sample.inputs.end());
    const auto expected = references().at(entry.name)(sample, inputs);
    const Plain received(eval(sample.build(constants(sample))));
    BOOST_TEST_REQUIRE(received.values.size() == expected.values.size());
    for (std::size_t i = 0; i < expected.values.size(); ++i) {
      if (!std::isfinite(expected.values[i])) continue;
      const double error =
          std::abs(received.values[i] - expected.values[i]) / std::max(1.0, std::abs(expected.values[i]));
      BOOST_TEST(error <= 1e-11, fmt::format("{} of {}{}: expected {}, but got {}", entry.name, inputs[0].values[i],
                                             inputs.size() == 2 ? fmt::format(" and {}", inputs[1].values[i]) : "",
                                             expected.values[i], received.values[i]));
    }
  });
}

// Operators that pass over what is not a number say so among their special points.
BOOST_AUTO_TEST_CASE(that_are_no_numbers_stay_visible) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  for_each_elementwise([&](const OperatorEntry& entry, const Sample& sample) {
    if (!is_differentiable(sample)) return;
    for (std::size_t input = 0; input < sample.inputs.size(); ++input) {
      if (std::any_of(entry.points.begin(), entry.points.end(),
                      [&](const SpecialPoint& point) { return std::isnan(point.inputs[input]); })) {
        continue;
      }
      std::vector<double> point;
      for (const auto& array : sample.inputs) point.push_back(array.data<double>()[0]);
      point[input] = none;
      for (auto dtype : {DType::float32, DType::float64}) {
        BOOST_TEST(std::isnan(at_point(sample.build, point, dtype).value),
                   entry.name << " hides a nan of input " << input << " in " << to_string(dtype));
      }
    }
  });
}

// The slope at NaN is NaN too, unless it is the same everywhere, as that of x + y is.
BOOST_AUTO_TEST_CASE(that_are_no_numbers_have_no_slope) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  for_each_elementwise([&](const OperatorEntry& entry, const Sample& sample) {
    if (!is_differentiable(sample)) return;
    const bool passes_over = std::any_of(entry.points.begin(), entry.points.end(), [](const SpecialPoint& point) {
      return std::isnan(point.inputs[0]) && !std::isnan(point.derivative);
    });
    if (passes_over) return;
    for (auto dtype : {DType::float32, DType::float64}) {
      std::vector<double> point;
      for (const auto& array : sample.inputs) point.push_back(array.data<double>()[0]);
      std::set<double> slopes;
      for (double number : {0.0, 0.3, -0.4, 2.5, -3.5, 7.0, -7.0}) {
        point[0] = number;
        slopes.insert(at_point(sample.build, point, dtype).first);
      }
      point[0] = none;
      const auto at = at_point(sample.build, point, dtype);
      if (slopes.size() > 1) BOOST_TEST(std::isnan(at.first), entry.name << " has the slope " << at.first << " at NaN");
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()
