#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/polygamma.hpp>

#include "reference.hpp"
#include <cmath>
#include <numbers>

namespace xgrad::test {
namespace {

Reference unary(double (*function)(double)) {
  return [=](const Sample&, std::span<const Plain> x) { return map(x[0], function); };
}

Reference predicate(double (*function)(double)) {
  return [=](const Sample&, std::span<const Plain> x) {
    Plain result = map(x[0], function);
    result.dtype = DType::boolean;
    return result;
  };
}

/// Half to even.
double rounded(double x) {
  const double low = std::floor(x);
  const double fraction = x - low;
  if (fraction != 0.5) return fraction < 0.5 ? low : low + 1;
  return std::fmod(low, 2) == 0 ? low : low + 1;
}

/// Boost's functions with this give infinities and NaN at poles and outside their domain instead of throwing.
constexpr boost::math::policies::policy<boost::math::policies::domain_error<boost::math::policies::ignore_error>,
                                        boost::math::policies::pole_error<boost::math::policies::ignore_error>,
                                        boost::math::policies::overflow_error<boost::math::policies::ignore_error>>
    quiet{};

Plain polygamma(const Sample& sample, std::span<const Plain> x) {
  const auto order = static_cast<int>(argument(sample, "order", 1));
  Plain result = x[0];
  for (auto& value : result.values) value = boost::math::polygamma(order, value, quiet);
  return result;
}

}  // namespace

References unary_references() {
  constexpr double pi = std::numbers::pi;
  return {
      {"sign", unary([](double x) { return static_cast<double>((x > 0) - (x < 0)); })},
      {"floor", unary(std::floor)},
      {"ceil", unary(std::ceil)},
      {"round", unary(rounded)},
      {"trunc", unary([](double x) { return x < 0 ? std::ceil(x) : std::floor(x); })},
      {"expm1", unary(std::expm1)},
      {"exp2", unary([](double x) { return std::pow(2, x); })},
      {"log1p", unary(std::log1p)},
      {"log2", unary(std::log2)},
      {"log10", unary(std::log10)},
      {"reciprocal", unary([](double x) { return 1 / x; })},
      {"rsqrt", unary([](double x) { return std::pow(x, -0.5); })},
      {"cbrt", unary(std::cbrt)},
      {"sin", unary(std::sin)},
      {"cos", unary(std::cos)},
      {"tan", unary(std::tan)},
      {"arcsin", unary(std::asin)},
      {"arccos", unary(std::acos)},
      {"arctan", unary(std::atan)},
      {"sinh", unary(std::sinh)},
      {"cosh", unary(std::cosh)},
      {"arcsinh", unary(std::asinh)},
      {"arccosh", unary(std::acosh)},
      {"arctanh", unary(std::atanh)},
      {"erfinv", unary([](double x) { return boost::math::erf_inv(x, quiet); })},
      {"lgamma", unary([](double x) { return boost::math::lgamma(x, quiet); })},
      {"digamma", unary([](double x) { return boost::math::digamma(x, quiet); })},
      {"polygamma", polygamma},
      {"sinc", unary([](double x) { return x == 0 ? 1 : std::sin(pi * x) / (pi * x); })},
      {"isnan", predicate([](double x) -> double { return x != x; })},
      {"isinf", predicate([](double x) -> double { return x == x && x - x != 0; })},
      {"isfinite", predicate([](double x) -> double { return x - x == 0; })},
      {"logical_not", predicate([](double x) -> double { return x == 0; })},
  };
}

}  // namespace xgrad::test
