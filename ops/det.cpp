#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/registry.hpp>
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

  // With y = inv(x)^T, and z the result: sum(c y) z - y c^T z.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto inverse = transposed(inv(at.input()));
    return sum(at.cotangent() * inverse, {-2, -1}, true) * at.output() -
           matmul(inverse, matmul(transposed(at.cotangent()), at.output()));
  }

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

OperatorEntry determinant_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                                std::string shapes, Tensor (*first)(const Tensor&), Tensor (*second)(const Tensor&)) {
  return {
      .name = name,
      .family = OperatorFamily::linear_algebra,
      .signature = name + "(x)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = std::move(shapes),
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Array x) {
              samples.push_back({label, {x}, [=](auto x) { return first(x[0]); }});
              if (second == nullptr) return;
              samples.push_back({"log_magnitude: " + label, {x}, [=](auto x) { return second(x[0]); }, {{"log", {1}}}});
            };
            add("matrix", xt::xarray<double>{{2, 0.5, -1}, {0.3, -1.5, 0.2}, {0.1, 0.7, 1.2}});
            add("rows to exchange", xt::xarray<double>{{0, 2, 1}, {1, 0.5, 0}, {0.5, 0, 3}});
            add("stack", xt::xarray<double>{{{2, 1}, {0.5, 3}}, {{0, 1}, {-2, 1}}, {{0.5, 2}, {1.5, 1}}});
            add("two leading axes", xt::xarray<double>{{{{1.5, 1}, {0.5, 2}}}, {{{2, 1}, {-2, 1}}}});
            add("one element", sample_values({1, 1}, -2, -1));
            add("no matrices", sample_values({0, 2, 2}));
            add("matrices of nothing", sample_values({2, 0, 0}));
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"not square",
                 [=] {
                   first(input({batch, 2, 3}));
                 },
                 name + ": expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                {"integers",
                 [=] {
                   first(input({2, 2}, {}, DType::int32));
                 },
                 name + ": expected float32 or float64"}};
          },
  };
}

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

static const Register registered_det{determinant_entry(
    "det", "The determinant of each matrix in the last two axes.",
    "sum over permutations p of sign(p) * prod x[i, p(i)]",
    "c times the cofactors of x, result * inv(x)^T where x has an inverse", "x (..., n, n): (...)", det, nullptr)};
static const Register registered_slogdet{determinant_entry(
    "slogdet", "The sign of the determinant of each matrix and the logarithm of its magnitude.",
    "sign(det(x)) and log(abs(det(x)))", "c * inv(x)^T, with c of the logarithm", "x (..., n, n): (...) and (...)",
    [](const Tensor& x) { return slogdet(x).sign; }, [](const Tensor& x) { return slogdet(x).log_magnitude; })};

}  // namespace xgrad
