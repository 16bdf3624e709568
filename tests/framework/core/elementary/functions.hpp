#pragma once

// The table of elementary functions that the tests of this folder go through.

#include <xgrad/framework/core/elementwise.hpp>

#include <memory>
#include <string>
#include <vector>

namespace xgrad::test {

/// A value of a function that no approximation may miss. NaN stands for any NaN, and 0 for a zero of that sign.
struct ExactValue {
  double argument;
  double value;
};

struct ElementaryFunction {
  std::string name;
  std::shared_ptr<const Formula> formula;  ///< what operators evaluate
  float (*float_number)(float);            ///< the same function of single numbers
  double (*double_number)(double);
  long double (*exact)(long double);
  double low = -10;  ///< where it is sampled evenly; it is sampled over the whole format as well
  double high = 10;
  bool crosses_zero =
      false;  ///< next to a zero that is no number of the format, errors count as if the result were 0.5
  std::vector<ExactValue> values = {};
};

const std::vector<ElementaryFunction>& elementary_functions();

}  // namespace xgrad::test
