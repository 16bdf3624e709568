#include <xgrad/framework/backends/gemm_backend.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

using namespace xgrad;

namespace {

/// Compares with three loops, for matrices that are parts of wider ones.
template <class T>
void check_product(GemmBackend::Multiply<T> multiply, std::int64_t rows, std::int64_t inner, std::int64_t columns,
                   bool left_transposed, bool right_transposed) {
  constexpr std::int64_t padding = 3;
  const auto matrix = [&](std::int64_t height, std::int64_t width, int variant) -> Array {
    return sample_values({height, width + padding}, -1, 1, variant).cast(dtype_of<T>);
  };
  const auto left = left_transposed ? matrix(inner, rows, 1) : matrix(rows, inner, 1);
  const auto right = right_transposed ? matrix(columns, inner, 2) : matrix(inner, columns, 2);
  Array result = matrix(rows, columns, 3);
  const auto view = [&](const Array& array, bool transposed) {
    const MatrixView<const T> stored{array.data<T>().data(), array.shape()[0], array.shape()[1] - padding,
                                     array.shape()[1]};
    return transposed ? stored.transposed() : stored;
  };
  multiply(view(left, left_transposed), view(right, right_transposed),
           {result.data<T>().data(), rows, columns, columns + padding});
  const auto element = [&](const Array& array, std::int64_t row, std::int64_t column, bool transposed) {
    return static_cast<double>(
        array.data<T>()[(transposed ? column : row) * array.shape()[1] + (transposed ? row : column)]);
  };
  const auto untouched = matrix(rows, columns, 3);
  const double tolerance = (std::is_same_v<T, float> ? 1e-5 : 1e-13) * static_cast<double>(inner + 1);
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns + padding; ++column) {
      const double received = element(result, row, column, false);
      double expected = 0;
      if (column >= columns) {
        expected = element(untouched, row, column, false);
      } else {
        for (std::int64_t k = 0; k < inner; ++k) {
          expected += element(left, row, k, left_transposed) * element(right, k, column, right_transposed);
        }
      }
      BOOST_REQUIRE_SMALL(received - expected, tolerance);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gemm_wrapper)

BOOST_AUTO_TEST_CASE(agrees_with_three_loops) {
  for (const bool left : {false, true}) {
    for (const bool right : {false, true}) {
      for (const auto& [rows, inner, columns] : std::vector<std::array<std::int64_t, 3>>{{1, 1, 1},
                                                                                         {3, 5, 7},
                                                                                         {32, 784, 10},
                                                                                         {17, 1, 33},
                                                                                         {1, 40, 1},
                                                                                         {64, 64, 64},
                                                                                         {9, 1300, 10},
                                                                                         {5, 0, 4},
                                                                                         {0, 3, 2},
                                                                                         {2, 3, 0}}) {
        check_product<float>(gemm, rows, inner, columns, left, right);
        check_product<double>(gemm, rows, inner, columns, left, right);
        if (rows * inner * columns == 0) continue;
        for (const auto& backend : gemm_backends()) {
          BOOST_TEST_INFO(backend.name);
          check_product<float>(backend.multiply_float, rows, inner, columns, left, right);
          if (backend.multiply_double) {
            check_product<double>(backend.multiply_double, rows, inner, columns, left, right);
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_sizes_that_do_not_fit) {
  std::vector<float> memory(64);
  const MatrixView<const float> left{memory.data(), 2, 3, 3};
  BOOST_CHECK_THROW(gemm(left, {memory.data(), 4, 2, 2}, {memory.data(), 2, 2, 2}), ShapeError);
  BOOST_CHECK_THROW(gemm(left, {memory.data(), 3, 2, 2}, {memory.data(), 2, 3, 3}), ShapeError);
}

BOOST_AUTO_TEST_SUITE_END()
