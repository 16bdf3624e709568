#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/xtensor.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/xgrad.hpp>

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

void check_close(const Tensor& received, const Tensor& expected, double tolerance) {
  BOOST_TEST(eval(max(abs(received - expected))).item() <= tolerance);
}

/// The derivative of the sum.
Tensor slope(const Tensor& of, const Tensor& x) { return gradients(sum(of), {x})[0]; }

Tensor identity(std::int64_t size) { return identity_matrix(size, DType::float64); }

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

BOOST_AUTO_TEST_CASE(differentiates_the_determinant_of_singular_matrices) {
  // Of rank 2, of rank 1, and with a row and a column of zeros.
  for (const xt::xarray<double>& values :
       {xt::xarray<double>{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, xt::xarray<double>{{1, 2, 3}, {2, 4, 6}, {-1, -2, -3}},
        xt::xarray<double>{{0, 0, 0}, {0, 2, 1}, {0, 1, 4}}}) {
    check_gradients([](auto x) { return det(x[0]); }, {values}, {.order = 1});
  }
  const auto x = constant(xt::xarray<double>{{1, 2}, {2, 4}});
  check_close(slope(det(x), x), constant(xt::xarray<double>{{4, -2}, {-2, 1}}), 1e-14);
  check_error<NumericError>([&] { eval(slope(slope(det(x), x), x)); }, "inv: matrix 0 of the input");
}

BOOST_AUTO_TEST_CASE(rejects_what_has_no_factors) {
  for (double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const auto x = constant(xt::xarray<double>{{{1, 0}, {0, 1}}, {{1, bad}, {bad, 1}}});
    const std::string text = ": matrix 1 of the input, counted along its leading axes, is not finite";
    check_error<NumericError>([&] { eval(qr(x).q); }, "qr" + text);
    check_error<NumericError>([&] { eval(eigh(x).eigenvalues); }, "eigh" + text);
    check_error<NumericError>([&] { eval(svd(x).s); }, "svd" + text);
    check_error<NumericError>([&] { eval(svdvals(x)); }, "svdvals" + text);
    check_error<NumericError>([&] { eval(pinv(x)); }, "svd" + text);
  }
}

BOOST_AUTO_TEST_CASE(factors_matrices_of_any_shape) {
  for (const auto& shape : {Extents{2, 40, 7}, Extents{2, 7, 40}, Extents{3, 33, 33}}) {
    const auto x = constant(separated_values(shape));
    const auto size = std::min(shape[1], shape[2]);
    const auto [q, r] = qr(x);
    check_close(matmul(q, r), x, 1e-12);
    check_close(matmul(transposed(q), q), identity(size), 1e-12);
    check_close(triu(r), r, 0);
    const auto [u, s, vt] = svd(x);
    check_close(matmul(u * expand_dims(s, -2), vt), x, 1e-12);
    check_close(matmul(transposed(u), u), identity(size), 1e-12);
    check_close(matmul(vt, transposed(vt)), identity(size), 1e-12);
    check_close(sort(s, -1, true), s, 0);
    check_close(svdvals(x), s, 1e-12);
    const auto p = pinv(x);
    check_close(matmul(matmul(x, p), x), x, 1e-12);
    check_close(matmul(p, x), transposed(matmul(p, x)), 1e-12);
    check_close(matmul(x, p), transposed(matmul(x, p)), 1e-12);
  }
}

BOOST_AUTO_TEST_CASE(finds_eigenvectors_from_the_lower_triangle) {
  const auto x = constant(separated_values({2, 30, 30}));
  const auto symmetric = tril(x) + transposed(tril(x, -1));
  const auto [values, vectors] = eigh(x);
  check_close(matmul(symmetric, vectors), vectors * expand_dims(values, -2), 1e-13);
  check_close(matmul(transposed(vectors), vectors), identity(30), 1e-13);
  check_close(sort(values), values, 0);
}

BOOST_AUTO_TEST_CASE(gives_a_symmetric_gradient_through_eigenvectors) {
  const auto x = constant(xt::xarray<double>{{2, 0.5}, {0.5, 1}});
  const auto vectors = eigh(x).eigenvectors;
  const auto result = slope(vectors * constant(xt::xarray<double>{{1, 2}, {3, 5}}), x);
  check_close(result, transposed(result), 0);
}

BOOST_AUTO_TEST_CASE(differentiates_equal_eigenvalues_but_not_their_vectors) {
  const auto x = identity(3);
  check_close(slope(eigh(x).eigenvalues, x), x, 1e-15);
  BOOST_TEST(std::isnan(eval(slope(eigh(x).eigenvectors, x)).data<double>()[1]));
}

BOOST_AUTO_TEST_CASE(differentiates_equal_singular_values_but_not_their_vectors) {
  const auto x = identity(3);
  for (const auto& values : {svdvals(x), svd(x).s, matrix_norm(x, "nuc")}) check_close(slope(values, x), x, 1e-15);
  check_close(slope(matrix_norm(x, 2), x), x / 3, 1e-15);
  BOOST_TEST(std::isnan(eval(slope(svd(x).u, x)).data<double>()[1]));
  // A rank below the number of columns is no harm to singular values.
  const auto singular = constant(xt::xarray<double>{{1, 0}, {0, 0}, {0, 0}});
  BOOST_TEST(std::isfinite(eval(sum(slope(svd(singular).s, singular))).item()));
}

BOOST_AUTO_TEST_CASE(cuts_small_singular_values_off_before_inversion) {
  const xt::xarray<double> values{{1, 0}, {0, 1e-9}};
  const auto smallest = [](const Array& inverse) { return inverse.cast(DType::float64).data<double>()[3]; };
  BOOST_TEST(smallest(eval(pinv(constant(values)))) == 1e9, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(smallest(eval(pinv(constant(values), 1e-8))) == 0);
  BOOST_TEST(smallest(eval(pinv(constant(Array(values).cast(DType::float32))))) == 0);
}

BOOST_AUTO_TEST_CASE(refuses_the_derivative_of_dependent_columns) {
  const auto x = constant(xt::xarray<double>{{1, 0}, {0, 0}});
  check_error<NumericError>([&] { eval(slope(qr(x).q, x)); }, "solve_triangular: matrix 0 of the input");
}

BOOST_AUTO_TEST_SUITE_END()
