#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/det.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/power/real_power.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

namespace xgrad {
namespace {

/// What LU finds of a matrix's determinant: the sign of its permutation, and U's diagonal.
template <class T>
struct DiagonalFactors {
  DiagonalFactors(std::vector<T> matrix, std::int64_t rows) {
    const auto size = static_cast<std::size_t>(rows);
    std::vector<int> pivots(size);
    lapack_lu(matrix.data(), rows, pivots);
    for (std::size_t row = 0; row < size; ++row) {
      if (pivots[row] != static_cast<int>(row) + 1) sign = -sign;
      factors.push_back(matrix[row * (size + 1)]);
    }
  }

  T product() const { return std::accumulate(factors.begin(), factors.end(), sign, std::multiplies<T>()); }

  /// Whether an inverse would have lost half of its digits.
  bool nearly_singular() const {
    const auto [smallest, largest] = std::minmax_element(
        factors.begin(), factors.end(), [](T left, T right) { return std::abs(left) < std::abs(right); });
    return !factors.empty() && std::abs(*smallest) <= std::sqrt(std::numeric_limits<T>::epsilon()) * std::abs(*largest);
  }

  T sign = 1;
  std::vector<T> factors;
};

class Determinant : public Op {
 public:
  std::optional<Attributes> attributes() const override { return Attributes{}; }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }
  double cost(std::span<const Extents> inputs) const override { return std::pow(inputs[0].back(), 3); }
};

/// c for each matrix.
Tensor for_elements(const Tensor& cotangent) { return expand_dims(cotangent, std::vector<std::int64_t>{-2, -1}); }

/// det(x) inv(x)^T, the derivative of the determinant, which singular matrices have as well.
class Cofactors final : public Determinant {
 public:
  std::string_view name() const override { return "cofactors"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) {
      const DiagonalFactors found(at.copy(), at.rows());
      if (found.nearly_singular()) {
        from_singular_values(at);
      } else {
        from_inverse(at, found.product());
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override;

  double cost(std::span<const Extents> inputs) const override { return 3 * static_cast<double>(inputs[0].back()); }

 private:
  template <class T>
  static void from_inverse(const MatrixArguments<T>& at, T determinant) {
    const auto size = at.rows();
    T* result = at.copied();
    lapack_inverse(result, size);
    for (std::int64_t row = 0; row < size; ++row) {
      for (std::int64_t column = 0; column <= row; ++column) {
        const T below = result[row * size + column];
        result[row * size + column] = determinant * result[column * size + row];
        result[column * size + row] = determinant * below;
      }
    }
  }

  /// Cofactors of a product are the product of cofactors, those of an orthogonal matrix the matrix or its negative, and
  /// those of a diagonal one the products of all but one element.
  template <class T>
  static void from_singular_values(const MatrixArguments<T>& at) {
    const auto size = static_cast<std::size_t>(at.rows());
    std::vector<T> u(size * size), values(size), vt(size * size);
    at.decompose(u.data(), values.data(), vt.data());
    const T sign = DiagonalFactors(u, at.rows()).product() * DiagonalFactors(vt, at.rows()).product();
    std::fill_n(at.output(), size * size, T(0));
    for (std::size_t left_out = 0; left_out < size; ++left_out) {
      T product = std::copysign(T(1), sign);
      for (std::size_t i = 0; i < size; ++i) product *= i == left_out ? T(1) : values[i];
      for (std::size_t row = 0; row < size; ++row) {
        for (std::size_t column = 0; column < size; ++column)
          at.output()[row * size + column] += u[row * size + left_out] * product * vt[left_out * size + column];
      }
    }
  }
};

/// The derivative of sum(c * cofactors(x)) with respect to x, for inputs x and c: with u s v^T the decomposition of x
/// and C = u^T c v, it is det(u) det(v) u G v^T, where G[i,i] is the sum of C[k,k] p(i,k) over other k, G[i,j] is
/// -C[j,i] p(i,j), and p(i,k) is the product of all singular values but two. Nothing is divided by.
class SecondCofactors final : public Determinant {
 public:
  std::string_view name() const override { return "second_cofactors"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) { from_singular_values(at); });
  }

  // Symmetric in c and its own cotangent k. The third derivative goes through the inverse: the derivative of
  // det(x) (sum(c y) sum(k y) - sum(k y c^T y)) for y = inv(x)^T.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto &x = at.input(0), &c = at.input(1), &k = at.cotangent();
    if (index == 1) return apply(std::make_shared<const SecondCofactors>(), {x, k});
    const auto y = transposed(inv(x));
    const auto turned = [&](const Tensor& matrix) { return matmul(y, matmul(transposed(matrix), y)); };
    const auto inner = [](const Tensor& left, const Tensor& right) { return sum(left * right, {-2, -1}, true); };
    const auto yc = turned(c), yk = turned(k);
    const auto cy = inner(c, y), ky = inner(k, y);
    const auto both = matmul(yc, matmul(transposed(k), y)) + matmul(y, matmul(transposed(k), yc));
    return for_elements(det(x)) * (y * (cy * ky - inner(k, yc)) - yc * ky - yk * cy + both);
  }

  double cost(std::span<const Extents> inputs) const override { return 20 * static_cast<double>(inputs[0].back()); }

 private:
  template <class T>
  static void from_singular_values(const MatrixArguments<T>& at) {
    const auto size = static_cast<std::size_t>(at.rows());
    std::vector<T> u(size * size), values(size), vt(size * size), turned(size * size), result(size * size);
    at.decompose(u.data(), values.data(), vt.data());
    const T sign = DiagonalFactors(u, at.rows()).product() * DiagonalFactors(vt, at.rows()).product();
    const auto product_without = [&](std::size_t i, std::size_t k) {
      T product = std::copysign(T(1), sign);
      for (std::size_t other = 0; other < size; ++other) product *= other == i || other == k ? T(1) : values[other];
      return product;
    };
    // left * middle * right, of which each may be transposed.
    const auto multiply = [&](auto left, auto middle, auto right, T* to) {
      for (std::size_t row = 0; row < size; ++row) {
        for (std::size_t inner = 0; inner < size; ++inner) {
          T part = 0;
          for (std::size_t k = 0; k < size; ++k) part += left(row, k) * middle(k, inner);
          for (std::size_t column = 0; column < size; ++column) to[row * size + column] += part * right(inner, column);
        }
      }
    };
    const auto plain = [&](const T* matrix) {
      return [=](std::size_t row, std::size_t column) { return matrix[row * size + column]; };
    };
    const auto turned_over = [&](const T* matrix) {
      return [=](std::size_t row, std::size_t column) { return matrix[column * size + row]; };
    };
    multiply(turned_over(u.data()), plain(at.input(1)), turned_over(vt.data()), turned.data());
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t k = 0; k < size; ++k) {
        if (i == k) continue;
        const T product = product_without(i, k);
        result[i * size + i] += turned[k * size + k] * product;
        result[i * size + k] = -turned[k * size + i] * product;
      }
    }
    std::fill_n(at.output(), size * size, T(0));
    multiply(plain(u.data()), plain(result.data()), plain(vt.data()), at.output());
  }
};

std::optional<Tensor> Cofactors::vjp(const Vjp& at, std::size_t) const {
  return apply(std::make_shared<const SecondCofactors>(), {at.input(), at.cotangent()});
}

class Det final : public Determinant {
 public:
  std::string_view name() const override { return "det"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {stack_like(inputs[0], {})};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments,
                    [](const auto& at) { *at.output() = DiagonalFactors(at.copy(), at.rows()).product(); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return for_elements(at.cotangent()) * apply(std::make_shared<const Cofactors>(), {at.input()});
  }
};

class Slogdet final : public Determinant {
 public:
  std::string_view name() const override { return "slogdet"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {stack_like(inputs[0], {}), stack_like(inputs[0], {})};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, []<class T>(const MatrixArguments<T>& at) {
      if (!at.is_finite()) {
        at.write_not_a_number(0);
        at.write_not_a_number(1);
        return;
      }
      const DiagonalFactors found(at.copy(), at.rows());
      T sign = found.sign;
      T logarithm = 0;
      for (T factor : found.factors) {
        sign *= factor == 0 ? T(0) : std::copysign(T(1), factor);
        logarithm += static_cast<T>(real_logarithm(std::abs(factor)));
      }
      *at.output(0) = sign;
      *at.output(1) = logarithm;
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return for_elements(at.cotangents[1]) * transposed(inv(at.input()));
  }
};

}  // namespace

Tensor det(const Tensor& x) {
  expect_square("det", x);
  return apply(std::make_shared<const Det>(), {x});
}

SignAndLogDeterminant slogdet(const Tensor& x) {
  expect_square("slogdet", x);
  const auto parts = apply_all(std::make_shared<const Slogdet>(), {x});
  return {parts[0], parts[1]};
}

static const Register registered_det{{
    .name = "det",
    .family = OperatorFamily::linear_algebra,
    .signature = "det(x)",
    .summary = "The determinant of each matrix in the last two axes.",
    .formula = "sum over permutations p of sign(p) * prod x[i, p(i)]",
    .gradient = "c times the cofactors of x, result * inv(x)^T where x has an inverse",
    .shapes = "x (..., n, n): (...)",
}};
static const Register registered_slogdet{{
    .name = "slogdet",
    .family = OperatorFamily::linear_algebra,
    .signature = "slogdet(x)",
    .summary = "The sign of the determinant of each matrix and the logarithm of its magnitude.",
    .formula = "sign(det(x)) and log(abs(det(x)))",
    .gradient = "c * inv(x)^T, with c of the logarithm",
    .shapes = "x (..., n, n): (...) and (...)",
}};

}  // namespace xgrad
