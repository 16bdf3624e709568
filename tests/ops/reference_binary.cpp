#include "reference.hpp"
#include <algorithm>
#include <limits>

namespace xgrad::test {
namespace {

using Binary = double (*)(double, double);

/// Samples of one input have this number on the right.
Reference binary(Binary function, double number) {
  return [=](const Sample&, std::span<const Plain> x) {
    return combine(x[0], x.size() == 2 ? x[1] : scalar_of(number), function);
  };
}

Reference logical(Binary function) {
  return [=](const Sample&, std::span<const Plain> x) {
    Plain result = combine(x[0], x[1], function);
    result.dtype = DType::boolean;
    return result;
  };
}

/// Division where integers give 0 for a divisor of 0, and the smallest int32 divided by -1 is itself.
Reference division(Binary function) {
  return [=](const Sample& sample, std::span<const Plain> x) {
    Plain result = binary(function, 1.5)(sample, x);
    if (!is_integer(result.dtype)) return result;
    for (auto& value : result.values) {
      if (std::isnan(value) || std::isinf(value)) value = 0;
      if (value == 2147483648.0) value = -value;
    }
    return result;
  };
}

/// With the sign of y. Through fmod, which is exact: x - y * floor(x / y) is not where x / y rounds up to a whole
/// number.
double modulo(double x, double y) {
  const double rest = std::fmod(x, y);
  return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}

Plain clip(const Sample& sample, std::span<const Plain> x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<Plain> inputs(x.begin(), x.end());
  if (inputs.size() == 1) inputs.push_back(scalar_of(argument(sample, "low", -infinity)));
  if (argument(sample, "upper", 0) != 0) inputs.insert(inputs.begin() + 1, scalar_of(-infinity));
  if (inputs.size() == 2) inputs.push_back(scalar_of(argument(sample, "high", infinity)));
  return combine_all(inputs, [](const auto& x) { return std::min(std::max(x[0], x[1]), x[2]); });
}

}  // namespace

References binary_references() {
  return {
      {"hypot", binary([](double x, double y) { return std::sqrt(x * x + y * y); }, 1.5)},
      {"arctan2", binary(std::atan2, 1.5)},
      {"logaddexp", binary([](double x, double y) { return std::log(std::exp(x) + std::exp(y)); }, 0.5)},
      {"logaddexp2", binary([](double x, double y) { return std::log2(std::exp2(x) + std::exp2(y)); }, 0.5)},
      {"xlogy", binary([](double x, double y) { return x * std::log(y); }, 1.5)},
      {"multiply_no_nan", binary([](double x, double y) { return y == 0 ? 0 : x * y; }, 1)},
      {"copysign", binary([](double x, double y) { return std::signbit(y) == std::signbit(x) ? x : -x; }, -1)},
      {"fmax", binary([](double x, double y) { return x > y ? x : y; }, 0.5)},
      {"fmin", binary([](double x, double y) { return x < y ? x : y; }, 0.5)},
      {"remainder", division(modulo)},
      {"fmod", division(std::fmod)},
      {"floor_divide", division([](double x, double y) { return std::round((x - modulo(x, y)) / y); })},
      {"logical_and", logical([](double x, double y) -> double { return x != 0 && y != 0; })},
      {"logical_or", logical([](double x, double y) -> double { return x != 0 || y != 0; })},
      {"logical_xor", logical([](double x, double y) -> double { return (x != 0) != (y != 0); })},
      {"clip", clip},
  };
}

}  // namespace xgrad::test
