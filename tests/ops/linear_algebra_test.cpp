#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/xtensor.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "../check_error.hpp"
#include "matrix_samples.hpp"
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
  const auto third = slope(slope(slope(det(x) * det(x), x), x), x);
  check_error<NumericError>([&] { eval(third); }, "inv: matrix 0 of the input");
}

BOOST_AUTO_TEST_CASE(differentiates_the_determinant_twice_at_and_near_singular_matrices) {
  // Of 2 by 2, the second derivative is the same everywhere.
  const xt::xarray<double> expected{{0, 0, 0, 1}, {0, 0, -1, 0}, {0, -1, 0, 0}, {1, 0, 0, 0}};
  for (const auto& values :
       {xt::xarray<double>{{0, 0}, {0, 0}}, xt::xarray<double>{{0.1, 0.7}, {0.3, 2.1}},
        xt::xarray<double>{{1, 2}, {2, 4}}, xt::xarray<double>{{1, 0}, {0, 1}}, xt::xarray<double>{{3, 1}, {-2, 5}}}) {
    for (const auto dtype : {DType::float32, DType::float64}) {
      const auto x = constant(Array(values).cast(dtype));
      const auto second = eval(reshape(hessian(det(x), x), {4, 4})).cast(DType::float64);
      for (std::size_t i = 0; i < 16; ++i) BOOST_TEST(std::abs(second.data<double>()[i] - expected.data()[i]) < 1e-6);
    }
  }
  // Of rank 2, 1 and 0, and with equal singular values; beside each other in one batch.
  const xt::xarray<double> stack{{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}},
                                 {{1, 2, 3}, {2, 4, 6}, {-1, -2, -3}},
                                 {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                                 {{1, 0, 0}, {0, 0, -1}, {0, 1, 0}},
                                 {{2, 1, 0}, {0, 3, 1}, {1, 0, 2}}};
  check_gradients([](auto x) { return det(x[0]); }, {stack});
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

BOOST_AUTO_TEST_CASE(reads_nothing_above_the_diagonal_for_eigenvectors) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto part = constant(xt::xarray<double>{{2, nan}, {0.5, 1}});
  const auto full = constant(xt::xarray<double>{{2, 0.5}, {0.5, 1}});
  check_close(eigh(part).eigenvalues, eigh(full).eigenvalues, 0);
  check_close(eigh(part).eigenvectors, eigh(full).eigenvectors, 0);
  const auto below = constant(xt::xarray<double>{{2, 0.5}, {nan, 1}});
  check_error<NumericError>([&] { eval(eigh(below).eigenvalues); }, "eigh: matrix 0 of the input");
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
  const auto weights = constant(xt::xarray<double>{{1, 2, 3}, {5, 8, 13}, {4, 2, 7}});
  const auto [values, vectors] = eigh(x);
  BOOST_TEST(std::isnan(eval(slope(vectors * weights, x)).data<double>()[1]));
  const auto restored = matmul(vectors * expand_dims(values, -2), transposed(vectors));
  BOOST_TEST(std::isnan(eval(slope(restored, x)).data<double>()[1]));
}

BOOST_AUTO_TEST_CASE(differentiates_what_exists_though_eigenvalues_are_equal) {
  // A reflection turns the axes; eigenvalues are 1, 2 and 2, -1, -1 and 3, or 0, 0 and 4.
  const auto weights = constant(xt::xarray<double>{{1, 2, 3}, {5, 8, 13}, {4, 2, 7}});
  for (const auto& values : {xt::xarray<double>{1, 2, 2}, xt::xarray<double>{3, -1, -1}, xt::xarray<double>{4, 0, 0}}) {
    const xt::xarray<double> axis{1. / 3, 2. / 3, 2. / 3};
    xt::xarray<double> x = xt::zeros<double>({3, 3});
    const double separate = values(0), common = values(1);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        x(i, j) = (i == j ? common : 0) + (separate - common) * axis(i) * axis(j);
      }
    }
    const std::int64_t apart = separate < common ? 0 : 2;
    const auto projector = [=](const Tensor& x, std::int64_t first, std::int64_t count) {
      const auto vectors = slice(eigh(0.5 * (x + transposed(x))).eigenvectors, {first, first + count}, 1);
      return matmul(vectors, transposed(vectors)) * weights;
    };
    check_gradients([=](auto x) { return projector(x[0], apart, 1); }, {x}, {.order = 1});
    check_gradients([=](auto x) { return projector(x[0], apart == 0 ? 1 : 0, 2); }, {x}, {.order = 1});
    // With singular values of the same magnitudes: vectors of the one that stands apart, and u v^T where it exists.
    const auto pair = [=](const Tensor& x) {
      const auto [u, s, vt] = svd(x);
      const std::int64_t at = std::abs(separate) > std::abs(common) ? 0 : 2;
      return matmul(slice(u, {at, at + 1}, 1), slice(vt, {at, at + 1}, 0)) * weights;
    };
    check_gradients([=](auto x) { return pair(x[0]); }, {x}, {.order = 1});
    if (common == 0) continue;
    const auto polar = [=](const Tensor& x) {
      const auto [u, s, vt] = svd(x);
      return matmul(u, vt) * weights;
    };
    check_gradients([=](auto x) { return polar(x[0]); }, {x}, {.order = 1});
  }
}

BOOST_AUTO_TEST_CASE(differentiates_a_product_of_singular_factors_of_low_rank) {
  const auto weights = constant(xt::xarray<double>{{1, 2, 3}, {5, 8, 13}, {4, 2, 7}, {6, 1, 9}});
  const xt::xarray<double> x{{1, 2, 3}, {2, 4, 6}, {-1, -2, -3}, {0.5, 1, 1.5}};
  for (const bool tall : {true, false}) {
    const auto matrix = tall ? constant(x) : constant(xt::xarray<double>(xt::transpose(x)));
    const auto [u, s, vt] = svd(matrix);
    const auto c = tall ? weights : transposed(weights);
    const auto result = slope(matmul(u * expand_dims(s, -2), vt) * c, matrix);
    // The product is the matrix: of a rank that is exactly low, its cotangents do not tell its derivative.
    const auto received = eval(result);
    const auto expected = eval(c);
    for (std::size_t i = 0; i < received.size(); ++i) {
      const double value = received.data<double>()[i];
      BOOST_TEST((std::isnan(value) || std::abs(value - expected.data<double>()[i]) < 1e-6));
    }
  }
}

BOOST_AUTO_TEST_CASE(differentiates_equal_singular_values_but_not_their_vectors) {
  const auto x = identity(3);
  for (const auto& values : {svdvals(x), svd(x).s, matrix_norm(x, "nuc")}) check_close(slope(values, x), x, 1e-15);
  check_close(slope(matrix_norm(x, 2), x), x / 3, 1e-15);
  const auto weights = constant(xt::xarray<double>{{1, 2, 3}, {5, 8, 13}, {4, 2, 7}});
  const auto [u, s, vt] = svd(x);
  BOOST_TEST(std::isnan(eval(slope(u * weights, x)).data<double>()[1]));
  BOOST_TEST(std::isnan(eval(slope(matmul(u * expand_dims(s, -2), vt), x)).data<double>()[1]));
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
