#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/registry.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <tuple>
#include <type_traits>
#include <vector>

using namespace xgrad;

namespace {

using ElementTypes = std::tuple<float, double>;

template <class T>
T multiply_add(T x, T y, T z) {
#if defined(__FMA__) || defined(__aarch64__)
  return std::fma(x, y, z);
#else
  return x * y + z;
#endif
}

/// An element of a product, as the documented order has it: chains from 0, their sums added with twice the precision.
template <class T>
T expected_element(const MatrixView<const T>& left, const MatrixView<const T>& right, std::int64_t row,
                   std::int64_t column) {
  std::vector<T> chains;
  for (std::int64_t first = 0; first < left.columns; first += ordered_gemm::chain_terms) {
    T chain = 0;
    for (auto term = first; term < std::min(first + ordered_gemm::chain_terms, left.columns); ++term) {
      chain = multiply_add(*left.at(row, term), *right.at(term, column), chain);
    }
    chains.push_back(chain);
  }
  if (chains.size() == 1) return chains[0];
  double sum = 0;
  double error = 0;
  for (const T chain : chains) {
    const double next = sum + chain;
    if constexpr (std::is_same_v<T, double>) {  // Neumaier's form of the exact error of an addition
      error += std::abs(sum) >= std::abs(chain) ? (sum - next) + chain : (chain - next) + sum;
    }
    sum = next;
  }
  return static_cast<T>(sum + error);
}

/// Which of left, right and result lie in memory as their transposes.
using Layout = std::array<bool, 3>;
constexpr Layout layout_of(std::int64_t number) { return {(number & 1) != 0, (number & 2) != 0, (number & 4) != 0}; }

template <class T>
class Matrix {
 public:
  Matrix(std::int64_t rows, std::int64_t columns, bool is_transposed, int variant)
      : rows_(rows), columns_(columns), is_transposed_(is_transposed) {
    const auto values = sample_values({rows * columns}, -1, 1, variant).cast(dtype_of<T>);
    elements_.assign(values.template data<T>().begin(), values.template data<T>().end());
  }
  MatrixView<T> view() { return view_of(elements_.data()); }
  MatrixView<const T> view() const { return view_of(elements_.data()); }

 private:
  template <class Pointer>
  auto view_of(Pointer* data) const {
    return is_transposed_ ? MatrixView<Pointer>{data, columns_, rows_, rows_}.transposed()
                          : MatrixView<Pointer>{data, rows_, columns_, columns_};
  }
  std::int64_t rows_;
  std::int64_t columns_;
  bool is_transposed_;
  std::vector<T> elements_;
};

template <class T>
std::vector<T> packed(const MatrixView<const T>& right) {
  const auto width = ordered_gemm::panel_columns<T>();
  std::vector<T> panels(static_cast<std::size_t>(ordered_gemm::packed_elements<T>(right.rows, right.columns)));
  ordered_gemm::pack_panels(right, 0, (right.columns + width - 1) / width, panels.data());
  return panels;
}

/// Elements of the product of the first rows and columns of the operands that are not, byte for byte, as expected.
template <class T>
std::int64_t differences(const MatrixView<const T>& left, const MatrixView<const T>& right, bool result_is_transposed,
                         const std::vector<T>& expected, std::int64_t expected_columns, bool pack_ahead) {
  Matrix<T> result(left.rows, right.columns, result_is_transposed, 3);
  if (pack_ahead) {
    ordered_gemm::multiply_packed(left, packed(right).data(), result.view());
  } else {
    ordered_gemm::multiply(left, right, result.view());
  }
  std::int64_t count = 0;
  for (std::int64_t row = 0; row < left.rows; ++row) {
    for (std::int64_t column = 0; column < right.columns; ++column) {
      const auto& element = expected[static_cast<std::size_t>(row * expected_columns + column)];
      count += std::memcmp(result.view().at(row, column), &element, sizeof(T)) != 0;
    }
  }
  return count;
}

template <class T>
std::vector<T> expected_product(const MatrixView<const T>& left, const MatrixView<const T>& right) {
  std::vector<T> product;
  for (std::int64_t row = 0; row < left.rows; ++row) {
    for (std::int64_t column = 0; column < right.columns; ++column) {
      product.push_back(expected_element(left, right, row, column));
    }
  }
  return product;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ordered_products)

BOOST_AUTO_TEST_CASE_TEMPLATE(every_small_shape_has_the_bits_of_a_plain_loop, T, ElementTypes) {
  constexpr std::int64_t most = 40;
  for (std::int64_t inner = 1; inner <= most; ++inner) {
    for (std::int64_t number = 0; number < 8; ++number) {
      const auto [left_transposed, right_transposed, result_transposed] = layout_of(number);
      const Matrix<T> left(most, inner, left_transposed, 1);
      const Matrix<T> right(inner, most, right_transposed, 2);
      const auto expected = expected_product(left.view(), right.view());
      for (std::int64_t rows = 1; rows <= most; ++rows) {
        for (std::int64_t columns = 1; columns <= most; ++columns) {
          if ((rows + columns + inner) % 8 != number) continue;  // each layout with an eighth of the shapes
          const auto count = differences(left.view().row_range(0, rows), right.view().column_range(0, columns),
                                         result_transposed, expected, most, (rows + columns) % 3 == 0);
          BOOST_REQUIRE_MESSAGE(count == 0, count << " elements of (" << rows << ", " << inner << ") times (" << inner
                                                  << ", " << columns << ") differ, layout " << number);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(large_shapes_have_the_bits_of_a_plain_loop, T, ElementTypes) {
  for (const auto& [rows, inner, columns] : std::vector<std::array<std::int64_t, 3>>{{65, 257, 130},
                                                                                     {130, 784, 10},
                                                                                     {30, 512, 200},
                                                                                     {32, 70, 131},
                                                                                     {230, 1030, 140},
                                                                                     {3, 5000, 5},
                                                                                     {250, 2100, 1},
                                                                                     {1, 3000, 300}}) {
    for (std::int64_t number = 0; number < 8; ++number) {
      const auto [left_transposed, right_transposed, result_transposed] = layout_of(number);
      const Matrix<T> left(rows, inner, left_transposed, 1);
      const Matrix<T> right(inner, columns, right_transposed, 2);
      const auto expected = expected_product(left.view(), right.view());
      for (const bool pack_ahead : {false, true}) {
        BOOST_TEST(differences(left.view(), right.view(), result_transposed, expected, columns, pack_ahead) == 0,
                   rows << ", " << inner << ", " << columns << ", layout " << number << ", packed " << pack_ahead);
      }
    }
  }
}

// Few rows read an operand where it is, unless that is spread over more memory than a cache holds.
BOOST_AUTO_TEST_CASE_TEMPLATE(operands_that_are_spread_far_have_the_bits_of_a_plain_loop, T, ElementTypes) {
  constexpr std::int64_t columns = 2'500;
  const Matrix<T> left(3, 2'000, false, 1);
  const Matrix<T> whole(2'000, columns, false, 2);
  const auto right = whole.view().column_range(7, 40);
  const auto expected = expected_product(left.view(), right);
  BOOST_TEST(differences(left.view(), right, false, expected, 40, false) == 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_infinite_term_makes_an_infinite_sum, T, ElementTypes) {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  for (const std::int64_t terms : {3, 257, 2000}) {
    std::vector<T> left(static_cast<std::size_t>(terms), T(1));
    const std::vector<T> right(static_cast<std::size_t>(terms), T(1));
    left[1] = -infinity;
    T sum = 0;
    ordered_gemm::multiply<T>({left.data(), 1, terms, terms}, {right.data(), terms, 1, 1}, {&sum, 1, 1, 1});
    BOOST_TEST(sum == -infinity);
  }
}

BOOST_AUTO_TEST_CASE(panels_can_be_packed_apart) {
  const auto width = ordered_gemm::panel_columns<float>();
  const Matrix<float> right(21, 3 * width + 5, true, 1);
  const auto whole = packed(right.view());
  std::vector<float> parts(whole.size());
  for (std::int64_t panel = 0; panel < 4; ++panel) {
    ordered_gemm::pack_panels(right.view(), panel, panel + 1, parts.data() + panel * width * 21);
  }
  BOOST_TEST(parts == whole, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_error_of_a_long_sum_does_not_grow_with_it) {
  for (const std::int64_t terms : {1'000'000, 10'000'000}) {
    const std::vector<float> tenths(static_cast<std::size_t>(terms), 0.1f);
    const std::vector<float> ones(static_cast<std::size_t>(terms), 1.0f);
    float sum = 0;
    ordered_gemm::multiply<float>({tenths.data(), 1, terms, terms}, {ones.data(), terms, 1, 1}, {&sum, 1, 1, 1});
    BOOST_TEST(std::abs(sum / (0.1 * static_cast<double>(terms)) - 1) < 1e-5, sum);
  }
}

BOOST_AUTO_TEST_SUITE_END()
