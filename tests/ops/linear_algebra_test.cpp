#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/xtensor.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/cholesky.hpp>
#include <xgrad/ops/det.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/solve.hpp>

#include <boost/test/unit_test.hpp>

#include "../check_error.hpp"
#include <cmath>
#include <limits>

using namespace xgrad;
using namespace xgrad::test;

namespace {

const xt::xarray<double> second_is_singular = {{{1, 0}, {0, 1}}, {{1, 2}, {2, 4}}};

/// Many good matrices, so that the runtime cuts the stack, and a bad one at `place`.
Array stack_with(std::size_t count, std::size_t place, double diagonal) {
  Array result(DType::float64, {static_cast<std::int64_t>(count), 2, 2});
  auto values = result.data<double>();
  for (std::size_t i = 0; i < count; ++i) {
    values[4 * i] = 2;
    values[4 * i + 1] = values[4 * i + 2] = 0;
    values[4 * i + 3] = i == place ? diagonal : 1;
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(linear_algebra)

BOOST_AUTO_TEST_CASE(names_the_singular_matrix) {
  const auto x = constant(second_is_singular);
  check_error<NumericError>([&] { eval(inv(x)); },
                            "inv: matrix 1 of the input, counted along its leading axes, is singular");
  check_error<NumericError>(
      [&] {
        eval(solve(x, constant(xt::xarray<double>{1, 2})));
      },
      "solve: matrix 1 of the input");
  const auto triangle = constant(xt::xarray<double>{{1, 0}, {2, 0}});
  check_error<NumericError>([&] { eval(solve_triangular(triangle, triangle)); },
                            "solve_triangular: matrix 0 of the input, counted along its leading axes, is singular");
}

BOOST_AUTO_TEST_CASE(names_the_matrix_that_is_not_positive_definite) {
  check_error<NumericError>(
      [] { eval(cholesky(constant(second_is_singular - 1.5))); },
      "cholesky: matrix 0 of the input, counted along its leading axes, is not positive definite");
}

BOOST_AUTO_TEST_CASE(counts_matrices_of_a_stack_that_is_cut) {
  const auto x = input({batch, 2, 2}, {}, DType::float64);
  auto function = compile({x}, {inv(x)});
  check_error<NumericError>([&] { function(stack_with(20000, 17777, 0)); }, "inv: matrix 17777 of the input");
  // The function goes on to work.
  BOOST_TEST(function(stack_with(3, 1, 4))[0].data<double>()[7] == 0.25);
}

BOOST_AUTO_TEST_CASE(gives_a_singular_matrix_the_determinant_zero) {
  const auto x = constant(xt::xarray<double>{{1, 2}, {2, 4}});
  BOOST_TEST(eval(det(x)).data<double>()[0] == 0);
  const auto parts = slogdet(x);
  BOOST_TEST(eval(parts.sign).data<double>()[0] == 0);
  BOOST_TEST(eval(parts.log_magnitude).data<double>()[0] == -std::numeric_limits<double>::infinity());
}

BOOST_AUTO_TEST_CASE(reads_one_triangle_only) {
  const auto full = constant(xt::xarray<double>{{4, 100}, {2, 5}});
  const auto factor = eval(cholesky(full));
  BOOST_TEST(factor.data<double>()[0] == 2);
  BOOST_TEST(factor.data<double>()[1] == 0);
  BOOST_TEST(factor.data<double>()[2] == 1);
  BOOST_TEST(factor.data<double>()[3] == 2);
  const auto x = eval(solve_triangular(full, constant(xt::xarray<double>{4, 12})));
  BOOST_TEST(x.data<double>()[0] == 1);
  BOOST_TEST(x.data<double>()[1] == 2);
}

BOOST_AUTO_TEST_SUITE_END()
