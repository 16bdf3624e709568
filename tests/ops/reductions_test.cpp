// Reductions where they are easily wrong: ties, zeros, the ends of the exponents' range, and what is not a number.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "derivatives.hpp"
#include <cmath>
#include <limits>

using namespace xgrad;
using test::elements;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr DType floats[] = {DType::float32, DType::float64};

using Values = std::vector<double>;

/// At the elements of x as `dtype`.
test::Derivatives derivatives(const std::function<Tensor(const Tensor&)>& function, const Array& x,
                              DType dtype = DType::float64) {
  return test::derivatives(function, x.cast(dtype));
}

/// Equal up to rounding relative to each element; not-a-number and infinities as they are.
void check_equal(const Values& received, const Values& expected, double tolerance = 0) {
  BOOST_TEST_REQUIRE(received.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const bool agrees = received[i] == expected[i] || (std::isnan(received[i]) && std::isnan(expected[i])) ||
                        std::abs(received[i] - expected[i]) <= tolerance * std::abs(expected[i]);
    BOOST_TEST(agrees, "element " << i << ": expected " << expected[i] << ", but got " << received[i]);
  }
}

double rounding(DType dtype) { return dtype == DType::float32 ? 1e-6 : 1e-14; }

}  // namespace

BOOST_AUTO_TEST_SUITE(reductions)

BOOST_AUTO_TEST_CASE(std_of_equal_elements_has_derivative_0) {
  for (auto dtype : floats) {
    const auto result =
        derivatives([](const Tensor& x) { return xgrad::std(x, 1); }, xt::xarray<double>{{3, 3, 3}, {0, 0, 0}}, dtype);
    check_equal(result.value, {0, 0});
    check_equal(result.first, Values(6, 0));
    check_equal(result.second, Values(6, 0));
  }
}

BOOST_AUTO_TEST_CASE(var_and_std_of_elements_far_from_zero) {
  const xt::xarray<double> x{10'000, 10'001, 10'002, 10'003};
  for (auto dtype : floats) {
    const auto variance = derivatives([](const Tensor& x) { return var(x); }, x, dtype);
    check_equal(variance.value, {1.25});
    check_equal(variance.first, {-0.75, -0.25, 0.25, 0.75});
    const auto deviation = derivatives([](const Tensor& x) { return xgrad::std(x, {}, false, 1); }, x, dtype);
    check_equal(deviation.value, {std::sqrt(5.0 / 3)}, rounding(dtype));
  }
}

BOOST_AUTO_TEST_CASE(var_of_no_more_elements_than_ddof_is_not_a_number) {
  for (std::int64_t ddof : {2, 3}) {
    const Tensor x = constant(xt::xarray<double>{4, 4});
    BOOST_TEST(std::isnan(eval(var(x, {}, false, ddof)).item()));
    BOOST_TEST(std::isnan(eval(xgrad::std(x, {}, false, ddof)).item()));
  }
}

BOOST_AUTO_TEST_CASE(norm_and_std_neither_overflow_nor_underflow) {
  for (auto dtype : floats) {
    for (double exponent : {-200.0, -20.0, 0.0, 20.0, 200.0}) {
      if (dtype == DType::float32) exponent *= 0.15;
      const double scale = std::pow(10, exponent);
      const xt::xarray<double> x{3 * scale, -4 * scale};
      for (double order : {1.5, 2.0, 3.0}) {
        const auto result = derivatives([=](const Tensor& x) { return norm(x, order); }, x, dtype);
        const double expected = std::pow(std::pow(3, order) + std::pow(4, order), 1 / order);
        check_equal(result.value, {expected * scale}, 2 * rounding(dtype));
        check_equal(result.first, {std::pow(3 / expected, order - 1), -std::pow(4 / expected, order - 1)},
                    2 * rounding(dtype));
      }
      const auto deviation = derivatives([](const Tensor& x) { return xgrad::std(x); }, x, dtype);
      check_equal(deviation.value, {3.5 * scale}, 2 * rounding(dtype));
      check_equal(deviation.first, {0.5, -0.5}, 2 * rounding(dtype));
    }
  }
}

BOOST_AUTO_TEST_CASE(norms_of_rows_of_all_sizes_beside_each_other) {
  const xt::xarray<double> rows{{3e200, 4e200}, {3, 4}, {0, 0}, {3e-200, 4e-200}, {-infinity, 1}, {none, 1}};
  check_equal(elements(eval(norm(constant(rows), 2, 1))), {5e200, 5, 0, 5e-200, infinity, none}, 1e-15);
  check_equal(elements(eval(norm(constant(rows), 3, 1))),
              {std::cbrt(91) * 1e200, std::cbrt(91), 0, std::cbrt(91) * 1e-200, infinity, none}, 1e-14);
}

BOOST_AUTO_TEST_CASE(norms_of_zeros_have_derivative_0) {
  for (auto dtype : floats) {
    for (double order : {1.0, 1.5, 2.0, 3.0, infinity}) {
      const auto result =
          derivatives([=](const Tensor& x) { return norm(x, order, 1); }, xt::xarray<double>{{0, -0.0}, {0, 0}}, dtype);
      check_equal(result.value, {0, 0});
      check_equal(result.first, {0, 0, 0, 0});
      check_equal(result.second, {0, 0, 0, 0});
    }
  }
}

BOOST_AUTO_TEST_CASE(norms_of_nothing_are_0) {
  const auto x = input({batch, 3}, {}, DType::float64);
  for (const double order : {1.0, 1.5, 2.0, infinity}) {
    auto function = compile({x}, {norm(x, order), norm(x, order, 0)});
    for (const auto& array : function(Array(DType::float64, {0, 3}))) {
      for (const double value : array.data<double>()) BOOST_TEST(value == 0);
    }
    BOOST_TEST(eval(norm(constant(Array(DType::float64, {0})), order)).item() == 0);
  }
}

BOOST_AUTO_TEST_CASE(without_degrees_of_freedom_variances_are_infinite_or_not_a_number) {
  for (const std::int64_t ddof : {3, 4}) {
    for (const auto& [different, equal] : {std::pair(xt::xarray<double>{1, 2, 4}, xt::xarray<double>{2, 2, 2})}) {
      BOOST_TEST(eval(var(constant(different), {}, false, ddof)).item() == infinity);
      BOOST_TEST(eval(xgrad::std(constant(different), {}, false, ddof)).item() == infinity);
      BOOST_TEST(std::isnan(eval(var(constant(equal), {}, false, ddof)).item()));
      BOOST_TEST(std::isnan(eval(xgrad::std(constant(equal), {}, false, ddof)).item()));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_largest_elements_share_the_cotangent_of_the_infinity_norm) {
  const auto result = derivatives([](const Tensor& x) { return norm(x, infinity); }, xt::xarray<double>{-2, 1, 2});
  check_equal(result.first, {-0.5, 0, 0.5});
}

BOOST_AUTO_TEST_CASE(nansum_and_nanmean_pass_over_what_is_not_a_number) {
  const xt::xarray<double> x{{1, none, 4}, {none, none, none}};
  for (auto dtype : floats) {
    const auto total = derivatives([](const Tensor& x) { return nansum(x, 1); }, x, dtype);
    check_equal(total.value, {5, 0});
    check_equal(total.first, {1, 0, 1, 0, 0, 0});
    const auto average = derivatives([](const Tensor& x) { return nanmean(x, 1); }, x, dtype);
    check_equal(average.value, {2.5, none});
    check_equal({average.first.begin(), average.first.begin() + 3}, {0.5, 0, 0.5});
  }
}

BOOST_AUTO_TEST_CASE(median_of_ties_and_of_extremes) {
  // A stable sort puts the second and the third 2 in the middle.
  const auto ties = derivatives([](const Tensor& x) { return median(x); }, xt::xarray<double>{2, 1, 2, 5, 2, 1});
  check_equal(ties.value, {2});
  check_equal(ties.first, {0.5, 0, 0.5, 0, 0, 0});
  const double large = std::numeric_limits<double>::max();
  check_equal(elements(eval(median(constant(xt::xarray<double>{large, large})))), {large});
  const auto nan = derivatives([](const Tensor& x) { return median(x); }, xt::xarray<double>{1, none, 3, none});
  check_equal(nan.value, {none});
  check_equal(nan.first, {0, 1, 0, 0});
}

BOOST_AUTO_TEST_CASE(any_all_and_count_nonzero_count_what_is_not_a_number) {
  const Tensor x = constant(xt::xarray<float>{static_cast<float>(none), 0, -0.f});
  const auto results = compile({}, {any(x), all(x), count_nonzero(x)})();
  BOOST_TEST(results[0].item() == 1);
  BOOST_TEST(results[1].item() == 0);
  BOOST_TEST(results[2].item() == 1);
}

BOOST_AUTO_TEST_CASE(argmin_takes_the_first_smallest_and_what_is_not_a_number) {
  check_equal(elements(eval(argmin(constant(xt::xarray<float>{{1, 0, 0}, {2, 2, 3}}), 1))), {1, 0});
  check_equal(elements(eval(argmin(constant(xt::xarray<double>{1, none, none, 0})))), {1});
}

BOOST_AUTO_TEST_CASE(cummax_and_cummin_give_ties_to_the_last_and_keep_what_is_not_a_number) {
  const xt::xarray<double> x{1, 3, 3, 2, 3, 1};
  const auto largest = derivatives([](const Tensor& x) { return cummax(x, 0); }, x);
  check_equal(largest.value, {1, 3, 3, 3, 3, 3});
  check_equal(largest.first, {1, 1, 2, 0, 2, 0});
  const auto smallest = derivatives([](const Tensor& x) { return cummin(x, 0); }, x);
  check_equal(smallest.value, {1, 1, 1, 1, 1, 1});
  check_equal(smallest.first, {5, 0, 0, 0, 0, 1});
  const Tensor gap = constant(xt::xarray<double>{1, none, 3, 0});
  check_equal(elements(eval(cummax(gap, 0))), {1, none, none, none});
  check_equal(elements(eval(cummin(gap, 0))), {1, none, none, none});
}

BOOST_AUTO_TEST_CASE(logcumsumexp_of_large_and_infinite_elements) {
  for (auto dtype : floats) {
    const auto large = derivatives([](const Tensor& x) { return logcumsumexp(x, 0); },
                                   xt::xarray<double>{-1e4, 1e4, -1e4, 1e4}, dtype);
    check_equal(large.value, {-1e4, 1e4, 1e4, 1e4 + std::log(2)}, rounding(dtype));
    check_equal(large.first, {1, 2.5, 0, 0.5}, 1000 * rounding(dtype));  // of results near 10'000
    for (double value : large.second) BOOST_TEST(std::isfinite(value));
    const auto infinite = derivatives([](const Tensor& x) { return logcumsumexp(x, 0); },
                                      xt::xarray<double>{-infinity, -infinity, 2, 3}, dtype);
    const double share = 1 / (1 + std::exp(1));
    check_equal(infinite.value, {-infinity, -infinity, 2, 3 + std::log1p(std::exp(-1))}, rounding(dtype));
    check_equal(infinite.first, {0, 0, 1 + share, 1 - share}, rounding(dtype));
  }
}

BOOST_AUTO_TEST_CASE(logsumexp_of_nothing_but_minus_infinity_has_derivative_0) {
  for (auto dtype : floats) {
    const auto result = derivatives([](const Tensor& x) { return logsumexp(x, 1); },
                                    xt::xarray<double>{{-infinity, -infinity}, {-infinity, 2}}, dtype);
    check_equal(result.value, {-infinity, 2});
    check_equal(result.first, {0, 0, 0, 1});
  }
}

BOOST_AUTO_TEST_SUITE_END()
